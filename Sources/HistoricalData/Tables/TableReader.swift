import Contracts
import Recording

/// How one kind of table is read, row by row.
protocol TableFormat {
    associatedtype Row

    /// Nil where the header misses a column.
    init?(_ header: TableHeader)
    func row(_ fields: TableRow) throws(RowProblem) -> Row
    func time(of row: Row) -> UnixMilliseconds
    /// Whether `row`, at the same time as the row before it, is that row again.
    func repeats(_ row: Row, _ previous: Row) -> Bool
}

/// Reads a table in constant memory: leaves out bad rows and counts them, and refuses one whose order is broken.
struct TableReader<Format: TableFormat> {
    /// More bad rows than this are no table.
    static var badRowsMax: Int { 1_000 }

    let path: String
    let header: TableHeader
    private(set) var report: DataReport
    private let format: Format
    private let lines: LineReader
    private var fields = TableRow()
    private var previous: Format.Row?

    init(path: String, kind: DataKind, instrument: Instrument) throws(DataError) {
        self.path = path
        lines = try LineReader.opening(path)
        let first = try lines.nextLine() ?? []
        guard let header = TableHeader(first), header.kind == kind, let format = Format(header) else {
            throw .unknownFormat(path: path, firstLine: DataFile.excerpt(first))
        }
        self.header = header
        self.format = format
        report = DataReport(path: path, kind: kind, instruments: [instrument])
    }

    /// The number of the line last read.
    var lineNumber: Int { lines.lineNumber }
    /// How far into the file the reader is, in its bytes as they lie on disk.
    var fileOffset: Int64 { lines.fileOffset }

    /// The next good row; nil at the end.
    mutating func next() throws(DataError) -> Format.Row? {
        while let line = try lines.nextLine() {
            if line.isEmpty { continue }
            fields.read(line)
            let row: Format.Row
            do throws(RowProblem) {
                guard fields.fieldCount == header.names.count else {
                    throw .fieldCount(got: fields.fieldCount, expected: header.names.count)
                }
                row = try format.row(fields)
            } catch {
                try leaveOut(error)
                continue
            }
            try checkOrder(row)
            previous = row
            report.rowCount += 1
            report.first = report.first ?? format.time(of: row)
            report.last = format.time(of: row)
            return row
        }
        guard report.rowCount > 0 else { throw .empty(path: path) }
        return nil
    }

    mutating func note(_ gap: DataGap) { report.note(gap) }

    private func checkOrder(_ row: Format.Row) throws(DataError) {
        guard let previous else { return }
        let (time, last) = (format.time(of: row), format.time(of: previous))
        if time < last { throw .unsorted(path: path, line: lineNumber, time: time, previous: last) }
        if time == last, format.repeats(row, previous) {
            throw .duplicate(path: path, line: lineNumber, time: time)
        }
    }

    private mutating func leaveOut(_ problem: RowProblem) throws(DataError) {
        report.note(BadRow(line: lineNumber, problem: problem))
        if report.badRowCount > Self.badRowsMax, let first = report.badRows.first {
            throw .tooManyBadRows(path: path, count: Self.badRowsMax, first: first)
        }
    }
}

extension LineReader {
    /// Opens the file at `path`, its troubles told as those of data.
    static func opening(_ path: String) throws(DataError) -> LineReader {
        do throws(RecordingError) { return try LineReader(path: path) } catch { throw DataError(error, path) }
    }

    func nextLine() throws(DataError) -> [UInt8]? {
        do throws(RecordingError) { return try next() } catch { throw DataError(error, path) }
    }
}

extension DataError {
    /// A recording's trouble, as one of data.
    init(_ error: RecordingError, _ path: String) {
        switch error {
        case .damaged(let path, let line, let why): self = .damaged(path: path, line: line, why: why)
        case .badLine(let path, let line, let why): self = .damaged(path: path, line: line - 1, why: why)
        case .unreadable, .badFolder, .writeFailed, .dropped:
            self = .unreadable(path: path, why: error.why)
        }
    }
}
