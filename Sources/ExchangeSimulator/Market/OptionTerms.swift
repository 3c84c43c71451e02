/// What an option's symbol says: `BTC-27NOV26-90000-C`, with `-USDT` behind it when settled in USDT.
struct OptionTerms: Equatable, Sendable {
    let base: String
    let expiryMs: Int64
    let strike: Int64
    let isCall: Bool
    let settle: String

    private static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let dayMs: Int64 = 86_400_000
    /// Options end at 08:00 UTC.
    private static let hourOfExpiryMs: Int64 = 28_800_000

    init?(symbol: String) {
        let parts = symbol.split(separator: "-")
        guard (4...5).contains(parts.count), let expiry = OptionTerms.expiry(parts[1]),
            let strike = Int64(parts[2]), strike > 0, parts[3] == "C" || parts[3] == "P"
        else { return nil }
        (base, expiryMs, self.strike) = (String(parts[0]), expiry, strike)
        isCall = parts[3] == "C"
        settle = parts.count == 5 ? String(parts[4]) : "USDC"
    }

    /// `27NOV26` for the day a moment is in.
    static func code(ofMs timeMs: Int64) -> String {
        let date = CivilDate(days: timeMs / dayMs)
        let year = String(date.year % 100)
        return "\(date.day)" + months[Int(date.month) - 1] + (year.utf8.count == 1 ? "0" + year : year)
    }

    /// The first Friday 08:00 UTC at least `daysAhead` days after a moment.
    static func friday(afterMs timeMs: Int64, daysAhead: Int64) -> Int64 {
        var day = timeMs / dayMs + daysAhead
        // 1970-01-02 was a Friday.
        while day % 7 != 1 { day += 1 }
        return day * dayMs + hourOfExpiryMs
    }

    private static func expiry(_ text: Substring) -> Int64? {
        let month = text.dropLast(2).suffix(3)
        guard let year = Int64(text.suffix(2)), let index = months.firstIndex(of: String(month)),
            let day = Int64(text.dropLast(5)), (1...31).contains(day)
        else { return nil }
        return CivilDate(year: 2000 + year, month: Int64(index) + 1, day: day).days * dayMs + hourOfExpiryMs
    }
}

/// A day of the civil calendar.
struct CivilDate: Equatable, Sendable {
    let year: Int64
    let month: Int64
    let day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// From days since 1970-01-01, counted by eras of 400 years that begin on 1 March.
    init(days: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var days: Int64 {
        let (shiftedYear, shiftedMonth) = month <= 2 ? (year - 1, month + 9) : (year, month - 3)
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
