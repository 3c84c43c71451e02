/// The columns of numbers of a CSV text: returns or equity, and the time between its rows.
///
/// - Shape: a header line, fields parted by commas and without quotes; a column of times or of words is none of the
///   series. Empty cells before a column's first and after its last number are left out.
/// - Errors: ``SeriesTableError``.
package struct SeriesTable: Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        package let name: String
        package let values: [Double]
    }

    package let columns: [Column]
    /// The usual time from a row to the next; nil without a column of Unix milliseconds.
    package let stepMilliseconds: Int64?

    package init(csv text: String) throws(SeriesTableError) {
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard let header = lines.first, lines.count > 1 else { throw .noRows }
        for (index, line) in lines.enumerated() where line.count != header.count {
            throw .badWidth(line: index + 1, count: line.count, expected: header.count)
        }
        var columns: [Column] = []
        var step: Int64?
        for (place, name) in header.enumerated() {
            let cells = lines.dropFirst().map { $0[place] }
            if Self.isTime(name) {
                step = step ?? Self.usualStep(cells)
            } else if cells.contains(where: { Double($0) != nil }) {
                columns.append(Column(name: String(name), values: try Self.numbers(cells, in: name)))
            }
        }
        guard !columns.isEmpty else { throw .noNumbers }
        self.columns = columns
        stepMilliseconds = step
    }

    /// The columns of these names, in this order; all of them where none is named.
    package func columns(named names: [String]) throws(SeriesTableError) -> [Column] {
        guard !names.isEmpty else { return columns }
        var chosen: [Column] = []
        for name in names {
            guard let column = columns.first(where: { $0.name == name }) else {
                throw .noColumn(name, known: columns.map(\.name))
            }
            chosen.append(column)
        }
        return chosen
    }

    private static func isTime(_ name: Substring) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix("_ms") || ["time", "timestamp", "ts", "date"].contains(name)
            || name.hasSuffix("_time")
    }

    /// The median of the steps, so that a hole in the data changes nothing.
    private static func usualStep(_ cells: [Substring]) -> Int64? {
        let times = cells.compactMap { Int64($0) }
        guard times.count == cells.count else { return nil }
        let steps = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
        return steps.isEmpty ? nil : steps[steps.count / 2]
    }

    private static func numbers(_ cells: [Substring], in name: Substring) throws(SeriesTableError) -> [Double]
    {
        guard let first = cells.firstIndex(where: { !$0.isEmpty }),
            let last = cells.lastIndex(where: { !$0.isEmpty })
        else { return [] }
        var numbers: [Double] = []
        numbers.reserveCapacity(last - first + 1)
        for index in first...last {
            guard let number = Double(cells[index]), number.isFinite else {
                throw .badNumber(line: index + 2, column: String(name), text: String(cells[index]))
            }
            numbers.append(number)
        }
        return numbers
    }
}
