/// Why a CSV text holds no series.
package enum SeriesTableError: Error, Hashable, Sendable, CustomStringConvertible {
    case noRows
    case noNumbers
    case badWidth(line: Int, count: Int, expected: Int)
    case badNumber(line: Int, column: String, text: String)
    case noColumn(String, known: [String])

    package var description: String {
        switch self {
        case .noRows: "there is no row under a header line"
        case .noNumbers: "no column holds numbers"
        case .badWidth(let line, let count, let expected):
            "line \(line) has \(count) fields, and the header has \(expected)"
        case .badNumber(let line, let column, let text):
            text.isEmpty
                ? "line \(line) has no value for \(column) between others"
                : "line \(line): '\(text)' is no number for \(column)"
        case .noColumn(let name, let known):
            "there is no column of numbers called '\(name)'; there are \(known.joined(separator: ", "))"
        }
    }
}
