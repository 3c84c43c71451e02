import Contracts

/// A day of the Gregorian calendar, in UTC.
struct UTCDate: Hashable, Comparable {
    let year: Int
    /// 1 to 12.
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int = 1) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that a time lies in.
    ///
    /// Years are counted from March, so that the leap day is a year's last one.
    init(_ time: UnixMilliseconds) {
        let shifted = Int((Double(time) / 86_400_000).rounded(.down)) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    }

    /// When the day begins.
    var start: UnixMilliseconds {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400_000
    }

    /// The first day of the month that comes so many months later.
    func month(after months: Int) -> UTCDate {
        let count = year * 12 + month - 1 + months
        return UTCDate(year: count / 12, month: count % 12 + 1)
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
