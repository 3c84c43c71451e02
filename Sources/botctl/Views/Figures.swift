/// Numbers and times as people read them.
enum Figures {
    /// `1482331.50` as `1 482 331.50`; text that is no plain decimal number stays as it is.
    static func grouped(_ text: String) -> String {
        let sign = text.hasPrefix("-") || text.hasPrefix("+") ? text.prefix(1) : ""
        let unsigned = text.dropFirst(sign.count)
        let whole = unsigned.prefix { $0 != "." }
        guard !whole.isEmpty, unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) else {
            return Printable.text(text)
        }
        var digits = ""
        for (position, digit) in whole.enumerated() {
            if position > 0, (whole.count - position).isMultiple(of: 3) { digits += " " }
            digits.append(digit)
        }
        return sign + digits + unsigned.dropFirst(whole.count)
    }

    /// A profit with its sign, as `+6.49`.
    static func signed(_ text: String) -> String {
        let isLoss = text.hasPrefix("-") || text.hasPrefix("+")
        let isZero = text.utf8.allSatisfy { $0 == 0x30 || $0 == 0x2E }
        return isLoss || isZero ? grouped(text) : "+" + grouped(text)
    }

    /// A span of milliseconds as `6d 04:12` or, within a day, `04:12:09`.
    static func span(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1000)
        let clock = "\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60))"
        return seconds >= 86400 ? "\(seconds / 86400)d \(clock)" : "\(clock):\(two(seconds % 60))"
    }

    /// An age in milliseconds as `0.21 s`.
    static func age(_ milliseconds: Int64) -> String {
        guard milliseconds < 60_000 else { return span(milliseconds) }
        return "\(milliseconds / 1000).\(two(milliseconds % 1000 / 10)) s"
    }

    /// The time of day in UTC of a Unix time in milliseconds, as `12:00:08.241`.
    static func timeOfDay(_ milliseconds: Int64) -> String {
        let ofDay = (milliseconds % 86_400_000 + 86_400_000) % 86_400_000
        let seconds = ofDay / 1000
        let fraction = String(1000 + ofDay % 1000).dropFirst()
        return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(fraction)"
    }

    /// A share of a whole as `42 %`; nothing when it can't be told.
    static func percent(_ part: String, of whole: String) -> String? {
        guard let part = Double(part), let whole = Double(whole), whole > 0, part.isFinite else { return nil }
        let share = (part / whole * 100).rounded()
        return abs(share) < 1e6 ? "\(Int(share)) %" : nil
    }

    private static func two(_ value: Int64) -> String {
        value < 10 ? "0\(value)" : String(value)
    }
}
