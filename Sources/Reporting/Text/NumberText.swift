import Contracts
import Performance

/// Numbers for people: thousands in groups, a true minus sign, no locale.
enum NumberText {
    static func count(_ count: Int) -> String { grouped(String(count)) }

    static func number(_ value: Double, places: Int) -> String {
        grouped(FixedText.text(value, places: places))
    }

    /// A fraction in percent.
    static func share(_ fraction: Double, places: Int) -> String {
        number(fraction * 100, places: places) + "%"
    }

    /// The same with a plus sign where it is above zero.
    static func signed(_ text: String) -> String {
        let isNothing = !text.contains { ("1"..."9").contains($0) }
        return isNothing || text.hasPrefix("−") ? text : "+" + text
    }

    /// Plain decimal text with its thousands in groups.
    static func grouped(_ plain: String) -> String {
        let isNegative = plain.hasPrefix("-")
        let digits = isNegative ? plain.dropFirst() : plain[...]
        let whole = digits.prefix { $0.isNumber }
        var text = isNegative ? "−" : ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text + digits.dropFirst(whole.count)
    }

    /// Bytes in the unit that leaves one to three digits before the point.
    static func bytes(_ count: Int) -> String {
        var (value, unit) = (Double(count), 0)
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        while value >= 1_024, unit < units.count - 1 { (value, unit) = (value / 1_024, unit + 1) }
        return number(value, places: unit == 0 ? 0 : 1) + " " + units[unit]
    }
}
