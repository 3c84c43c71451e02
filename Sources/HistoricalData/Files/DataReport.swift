import Contracts

/// What is wrong with one row.
package enum RowProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case fieldCount(got: Int, expected: Int)
    case number(field: String, text: String)
    case notPositive(field: String)
    /// A candle's high or low is not its highest or lowest price, or a bid reaches an ask.
    case inconsistent(String)
    case side(String)

    package var description: String {
        switch self {
        case .fieldCount(let got, let expected): "\(got) fields where the header has \(expected)"
        case .number(let field, let text): "\(field) \"\(text)\" is no exact number"
        case .notPositive(let field): "\(field) is not above zero"
        case .inconsistent(let why): why
        case .side(let text): "\"\(text)\" is neither Buy nor Sell"
        }
    }
}

/// A row that was left out, by its line in the file.
package struct BadRow: Hashable, Sendable {
    package let line: Int
    package let problem: RowProblem
}

/// A stretch of time without the rows that belong there.
package struct DataGap: Hashable, Sendable {
    /// The end of what stands before it.
    package let from: UnixMilliseconds
    /// The beginning of what stands after it.
    package let to: UnixMilliseconds
    package let missingCount: Int

    package init(from: UnixMilliseconds, to: UnixMilliseconds, missingCount: Int) {
        self.from = from
        self.to = to
        self.missingCount = missingCount
    }
}

/// What a file holds, and what is wrong with it.
package struct DataReport: Hashable, Sendable {
    /// So many bad rows and gaps are kept one by one.
    static let keptCountMax = 20

    package let path: String
    package let kind: DataKind
    package var instruments: [Instrument]
    package var rowCount = 0
    package var first: UnixMilliseconds?
    package var last: UnixMilliseconds?
    package private(set) var badRowCount = 0
    /// The first ones.
    package private(set) var badRows: [BadRow] = []
    package private(set) var gapCount = 0
    package private(set) var missingCount = 0
    /// The first ones.
    package private(set) var gaps: [DataGap] = []

    init(path: String, kind: DataKind, instruments: [Instrument]) {
        self.path = path
        self.kind = kind
        self.instruments = instruments
    }

    mutating func note(_ row: BadRow) {
        badRowCount += 1
        if badRows.count < Self.keptCountMax { badRows.append(row) }
    }

    mutating func note(_ gap: DataGap) {
        gapCount += 1
        missingCount += gap.missingCount
        if gaps.count < Self.keptCountMax { gaps.append(gap) }
    }
}
