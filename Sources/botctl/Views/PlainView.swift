import ControlProtocol

/// An answer as `path<TAB>value` lines, for `grep`, `cut` and `awk`.
enum PlainView {
    static func text(of value: JSONValue) -> String {
        var lines: [String] = []
        flatten(value, "", &lines)
        return lines.joined(separator: "\n")
    }

    /// One value in one field of a line.
    static func field(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): Printable.text(text)
        case .some(let other): other.text
        }
    }

    /// Depth is bounded by the parser that made the value.
    private static func flatten(_ value: JSONValue, _ path: String, _ lines: inout [String]) {
        switch value {
        case .object(let members):
            for member in members {
                flatten(member.value, path.isEmpty ? member.key : "\(path).\(member.key)", &lines)
            }
        case .array(let values):
            for (position, value) in values.enumerated() { flatten(value, "\(path).\(position)", &lines) }
        default: lines.append("\(Printable.text(path))\t\(field(value))")
        }
    }
}
