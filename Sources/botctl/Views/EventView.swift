import ControlProtocol

/// One event as one line.
struct EventView {
    private static let summaryCharactersMax = 160
    private static let topicWidth = 26
    private static let sequenceWidth = 11
    /// Told by the line's own columns, or of no use to a person.
    private static let hiddenKeys: Set<String> = ["meta", "seq", "ts", "source", "correlationId"]

    let sequence: UInt64
    let topic: String
    let payload: JSONValue

    func line(_ format: OutputFormat, _ style: Style) -> String {
        switch format {
        case .json, .ndjson:
            return JSONValue.object([
                JSONMember("seq", .unsigned(sequence)), JSONMember("topic", .string(topic)),
                JSONMember("payload", payload),
            ]).text
        case .plain: return "\(sequence)\t\(time)\t\(Printable.text(topic))\t\(payload.text)"
        case .human:
            let number = Columns.right(Figures.grouped(String(sequence)), Self.sequenceWidth)
            let name = Columns.left(Printable.text(topic), Self.topicWidth)
            return "\(number)  \(style.paint(time, .faint))  \(name)  \(summary)"
        }
    }

    private var time: String {
        let stamp = payload["meta"]?["ts"]?.integer ?? payload["ts"]?.integer
        return stamp.map(Figures.timeOfDay) ?? "--:--:--.---"
    }

    private var summary: String {
        var words: [String] = []
        for member in payload.members ?? [] where !Self.hiddenKeys.contains(member.key) {
            words.append(contentsOf: Self.words(member.key, member.value))
        }
        let text = Printable.text(words.joined(separator: " "))
        return text.count > Self.summaryCharactersMax
            ? text.prefix(Self.summaryCharactersMax - 1) + "…" : text
    }

    /// `key=value`; an object is opened one level, a list only counted.
    private static func words(_ key: String, _ value: JSONValue) -> [String] {
        switch value {
        case .null: []
        case .string(let text): ["\(key)=\(text.contains(" ") ? "\"\(text)\"" : text)"]
        case .array(let values): ["\(key)=[\(values.count)]"]
        case .object(let members):
            members.compactMap { member in
                switch member.value {
                case .null: nil
                case .object, .array: "\(key).\(member.key)=…"
                case .string(let text): "\(key).\(member.key)=\(text)"
                default: "\(key).\(member.key)=\(member.value.text)"
                }
            }
        default: ["\(key)=\(value.text)"]
        }
    }
}
