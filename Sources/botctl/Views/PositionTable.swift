import ControlProtocol

/// Positions in columns; numbers stand right, so that digits of one worth stand under each other.
struct PositionTable {
    private static let columns: [(title: String, key: String)] = [
        ("POSITION", "instrument"), ("SIDE", "side"), ("QTY", "quantity"), ("ENTRY", "entry"),
        ("MARK", "mark"), ("UPNL", "unrealisedPnl"), ("RPNL", "realisedPnl"),
    ]
    private static let textColumns = 2

    let positions: [JSONValue]
    let style: Style

    var lines: [String] {
        let rows = positions.map { position in Self.columns.map { Self.cell(position, $0.key) } }
        let widths = Self.columns.indices.map { column in
            rows.map { $0[column].count }.reduce(Self.columns[column].title.count, max)
        }
        let heading = Self.joined(Self.columns.map(\.title), widths)
        return [style.paint(heading, .faint)] + rows.map { Self.joined($0, widths) }
    }

    /// One position as tab-separated fields, numbers as the daemon gave them.
    static func plain(_ position: JSONValue) -> String {
        columns.map { PlainView.field(position[$0.key]) }.joined(separator: "\t")
    }

    private static func cell(_ position: JSONValue, _ key: String) -> String {
        let text = PlainView.field(position[key])
        switch key {
        case "instrument", "side": return text.isEmpty ? "-" : text
        case "unrealisedPnl", "realisedPnl": return text.isEmpty ? "-" : Figures.signed(text)
        default: return text.isEmpty ? "-" : Figures.grouped(text)
        }
    }

    private static func joined(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.enumerated().map { column, cell in
            column < textColumns ? Columns.left(cell, widths[column]) : Columns.right(cell, widths[column])
        }
        return padded.joined(separator: "  ")
    }
}
