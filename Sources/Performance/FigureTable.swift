/// The figures of several series side by side: one line a figure, one column a series.
struct FigureTable {
    /// So many characters a line, and no more, where more than one series is shown.
    static let lineWidthMax = 110

    private let labels: [String]
    /// A name, where there are names, and a text for each label.
    private let columns: [[String]]

    /// Names are left out where there are none.
    init(names: [String], reports: [PerformanceReport]) {
        let heads = names.isEmpty ? reports.map { _ in [] } : names.map { [$0] }
        labels =
            (names.isEmpty ? [] : [""]) + (reports.first?.figures.map(\.label) ?? [])
        columns = zip(heads, reports).map { head, report in head + report.figures.map(\.text) }
    }

    /// Each line ends with a newline; what does not fit beside each other stands below.
    var text: String {
        let labelWidth = width(labels)
        var blocks: [[[String]]] = []
        var used = Int.max
        for column in columns {
            let needed = width(column) + 2
            if used > Self.lineWidthMax - needed {
                blocks.append([])
                used = labelWidth
            }
            used += needed
            blocks[blocks.count - 1].append(column)
        }
        return blocks.map { block in
            let widths = block.map(width)
            return labels.indices.map { row in
                let cells = zip(block, widths).map { "  " + pad($0[row], $1, left: true) }
                return pad(labels[row], labelWidth, left: false) + cells.joined() + "\n"
            }.joined()
        }.joined(separator: "\n")
    }

    private func width(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }

    private func pad(_ text: String, _ width: Int, left: Bool) -> String {
        let padding = String(repeating: " ", count: max(0, width - text.count))
        return left ? padding + text : text + padding
    }
}
