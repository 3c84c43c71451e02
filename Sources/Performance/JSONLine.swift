/// JSON of numbers and plain names, without Foundation.
enum JSONLine {
    static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { string($0.name) + ":" + $0.value }.joined(separator: ",") + "}"
    }

    static func array(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

    static func value(_ value: PerformanceReport.Value) -> String {
        switch value {
        case .count(let count): String(count)
        case .share(let number, _), .number(let number, _): self.number(number)
        }
    }

    /// The shortest text that reads back as the same number; null where there is none.
    static func number(_ number: Double?) -> String { number?.ifFinite?.description ?? "null" }

    static func string(_ text: String) -> String {
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }
}
