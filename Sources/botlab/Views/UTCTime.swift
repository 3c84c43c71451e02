import Contracts

/// A point in time for people: `2026-11-22 20:15:00.123`, in UTC.
struct UTCTime: CustomStringConvertible {
    let milliseconds: UnixMilliseconds

    init(_ milliseconds: UnixMilliseconds) { self.milliseconds = milliseconds }

    /// Reads `2026-11-22`, or that and `T20:15`, `T20:15:00` or `T20:15:00.123` (a space will do for T, Z may
    /// follow); nil for anything else.
    init?(_ text: String) {
        let parts = (text.hasSuffix("Z") ? text.dropLast() : text[...]).split { $0 == "T" || $0 == " " }
        let date = parts.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        let clock =
            parts.dropFirst().first?.split(separator: ":", omittingEmptySubsequences: false) ?? ["0", "0"]
        let seconds = (clock.dropFirst(2).first ?? "0").split(
            separator: ".",
            omittingEmptySubsequences: false
        )
        let fraction = seconds.dropFirst().first.map {
            $0 + String(repeating: "0", count: max(0, 3 - $0.count))
        }
        guard parts.count <= 2, date.count == 3, (2...3).contains(clock.count), seconds.count <= 2,
            let year = Self.number(date[0], 1970...9999), let month = Self.number(date[1], 1...12),
            let day = Self.number(date[2], 1...31), let hour = Self.number(clock[0], 0...23),
            let minute = Self.number(clock[1], 0...59), let second = Self.number(seconds[0], 0...59),
            let thousandth = Self.number(fraction ?? "0", 0...999)
        else { return nil }
        let days = Self.daysSinceEpoch(year, month, day)
        // A day that its month does not have would come back as another one.
        guard Self.date(daysSinceEpoch: days) == (year, month, day) else { return nil }
        milliseconds = days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1_000 + thousandth
    }

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

    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (yearFromMarch / 400, yearFromMarch % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func number(_ text: some StringProtocol, _ range: ClosedRange<Int64>) -> Int64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text),
            range.contains(number)
        else { return nil }
        return number
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
