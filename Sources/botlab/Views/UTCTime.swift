import Contracts

/// A point in time for people: `2026-11-22 20:15:00.123`, in UTC.
struct UTCTime: CustomStringConvertible {
    let milliseconds: UnixMilliseconds

    init(_ milliseconds: UnixMilliseconds) { self.milliseconds = milliseconds }

    var description: String {
        let (days, time) = (
            milliseconds.dividedDown(by: 86_400_000), milliseconds.remainderUp(by: 86_400_000)
        )
        let (year, month, day) = Self.date(daysSinceEpoch: days)
        return "\(year)-\(Self.pad(month, 2))-\(Self.pad(day, 2)) \(Self.pad(time / 3_600_000, 2)):"
            + "\(Self.pad(time / 60_000 % 60, 2)):\(Self.pad(time / 1_000 % 60, 2)).\(Self.pad(time % 1_000, 3))"
    }

    /// How long a span is: `1 d 02:03:04.005`.
    static func span(_ milliseconds: Int64) -> String {
        let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        let clock =
            "\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2)):\(pad(rest / 1_000 % 60, 2)).\(pad(rest % 1_000, 3))"
        return days > 0 ? "\(days) d \(clock)" : clock
    }

    /// The Gregorian date: years counted from March, so that the leap day is a year's last one.
    private static func date(daysSinceEpoch days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 { (self - remainderUp(by: divisor)) / divisor }
    fileprivate func remainderUp(by divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}
