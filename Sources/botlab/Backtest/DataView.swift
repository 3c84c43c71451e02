import Contracts
import HistoricalData

/// What was found in a file of market data, for people.
struct DataView {
    /// So many bad rows and gaps are told one by one.
    private static let shownMax = 5

    private let report: DataReport

    init(_ report: DataReport) { self.report = report }

    /// One line of what is there.
    var summary: String {
        let instruments = report.instruments.map(\.description).joined(separator: ", ")
        let times =
            if let first = report.first, let last = report.last {
                ", \(UTCTime(first)) to \(UTCTime(last))"
            } else {
                ""
            }
        return "\(report.path): \(report.rowCount) rows of \(report.kind.rawValue), \(instruments)\(times)"
    }

    /// Bad rows and gaps; empty where there are none.
    var troubles: String {
        var lines: [String] = []
        if report.badRowCount > 0 {
            lines.append("\(report.path): \(report.badRowCount) bad rows are left out")
            lines += report.badRows.prefix(Self.shownMax).map { "  line \($0.line): \($0.problem)" }
        }
        if report.gapCount > 0 {
            lines.append("\(report.path): \(report.gapCount) gaps, \(report.missingCount) rows are missing")
            lines += report.gaps.prefix(Self.shownMax).map {
                "  \(UTCTime($0.from)) to \(UTCTime($0.to)): \($0.missingCount)"
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
