import ControlProtocol

/// A chain of events, a line each, and how it turned out.
struct ChainView {
    private static let sequenceWidth = 11
    private static let topicWidth = 26

    let answer: JSONValue
    let style: Style

    var steps: [JSONValue] { answer["steps"]?.array ?? [] }

    var lines: [String] {
        var lines = [Printable.text(answer["chain"]?.string ?? "")] + steps.map(line)
        if answer["cut"]?.bool == true {
            lines.append("… and more: botlab journal why, on the daemon's machine")
        }
        return lines + [Printable.text(answer["ending"]?.string ?? "")]
    }

    func plain(_ step: JSONValue) -> String {
        ["seq", "ts", "topic", "text"].map { PlainView.field(step[$0]) }.joined(separator: "\t")
    }

    private func line(_ step: JSONValue) -> String {
        let number = step["seq"]?.unsigned.map { Figures.grouped(String($0)) } ?? ""
        let time = step["ts"]?.integer.map(Figures.timeOfDay) ?? ""
        let indent = step["outside"]?.bool == true ? "" : "  "
        return Columns.right(number, Self.sequenceWidth) + "  " + style.paint(time, .faint) + "  "
            + Columns.left(PlainView.field(step["topic"]), Self.topicWidth) + "  " + indent
            + PlainView.field(step["text"])
    }
}
