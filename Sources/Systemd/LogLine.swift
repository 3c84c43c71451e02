import Logging

/// One thing the daemon said: what an operator reads, with the fields one can search for.
package struct LogLine: Sendable, Hashable {
    /// Longest message or field value kept; the rest is cut.
    package static let textBytesMax = 8_192
    /// Most fields kept of one line, in the order of their names.
    package static let fieldCountMax = 48

    /// One searchable fact about a line, under its lower-case name.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// Milliseconds since 1970 in UTC.
    package let unixMilliseconds: Int64
    package let level: Logger.Level
    package let message: String
    /// Ordered by name, so that equal lines read alike.
    package let fields: [Field]

    /// A line with these fields, cut to the bounds above.
    package init(unixMilliseconds: Int64, level: Logger.Level, message: String, fields: [String: String]) {
        self.unixMilliseconds = unixMilliseconds
        self.level = level
        self.message = Self.cut(message)
        self.fields = fields.sorted { $0.key < $1.key }.prefix(Self.fieldCountMax)
            .map { Field(name: $0.key, value: Self.cut($0.value)) }
    }

    /// The value of this field, if the line has it.
    package func value(of name: String) -> String? { fields.first { $0.name == name }?.value }

    /// One plain line: `2026-11-22T10:00:00.123Z notice [control] running  topic=control:state seq=12`.
    package var rendered: String {
        var text = WallClock.text(ofUnixMilliseconds: unixMilliseconds) + " " + level.rawValue
        if let plane = value(of: "plane") { text += " [" + Self.plain(plane) + "]" }
        text += " " + Self.plain(message)
        var separator = "  "
        for field in fields where field.name != "plane" && field.name != "logger" {
            text += separator + Self.plain(field.name) + "=" + Self.quoted(field.value)
            separator = " "
        }
        return text
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= textBytesMax
            ? text : String(decoding: text.utf8.prefix(textBytesMax), as: UTF8.self)
    }

    /// Without control characters, so that no one can write a line of their own into the log.
    private static func plain(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { plain, scalar in
            plain += isControl(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
        }
    }

    private static func quoted(_ value: String) -> String {
        let text = plain(value)
        let needsQuotes = text.isEmpty || text.utf8.contains { $0 == 0x20 || $0 == 0x22 || $0 == 0x3D }
        guard needsQuotes else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
            + "\""
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}

extension Logger.Level {
    /// From 0, the least, to 6, the gravest.
    var rank: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .notice: 3
        case .warning: 4
        case .error: 5
        case .critical: 6
        }
    }

    /// syslog's number: 2 money at risk, 3 needs a person, 4 heals itself, 5 state change, 6 information, 7 debug.
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
