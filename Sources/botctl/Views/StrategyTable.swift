import ControlProtocol

/// Strategies in columns, one line each strategy and instrument.
struct StrategyTable {
    private static let columns: [(title: String, key: String)] = [
        ("STRATEGY", "strategy"), ("INSTRUMENT", "instrument"), ("PHASE", "phase"), ("ENABLED", "enabled"),
        ("VERSION", "version"), ("WHY", "why"),
    ]

    let strategies: [JSONValue]
    let style: Style

    var lines: [String] {
        let rows = strategies.map { strategy in
            Self.columns.map { PlainView.field(strategy[$0.key]) }
        }
        let widths = Self.columns.indices.map { column in
            rows.map { $0[column].count }.reduce(Self.columns[column].title.count, max)
        }
        let joined = { (cells: [String]) in
            cells.enumerated().map { Columns.left($1, widths[$0]) }.joined(separator: "  ")
        }
        return [style.paint(joined(Self.columns.map(\.title)), .faint)] + rows.map(joined)
    }

    /// One strategy as tab-separated fields.
    static func plain(_ strategy: JSONValue) -> String {
        columns.map { PlainView.field(strategy[$0.key]) }.joined(separator: "\t")
    }
}
