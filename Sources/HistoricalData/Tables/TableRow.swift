import Contracts

/// One line of a table, cut into its fields; used again for the next line.
struct TableRow {
    private(set) var line: [UInt8] = []
    /// Where each field ends.
    private var ends: ContiguousArray<Int> = []

    var fieldCount: Int { ends.count }

    mutating func read(_ line: [UInt8]) {
        ends.removeAll(keepingCapacity: true)
        for index in line.indices where line[index] == UInt8(ascii: ",") { ends.append(index) }
        ends.append(line.count)
        self.line = line
    }

    @inline(__always)
    func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1] + 1)..<ends[field] }

    func text(_ field: Int) -> String { String(decoding: line[range(field)], as: UTF8.self) }

    @inline(__always)
    func number(_ field: Int, _ header: TableHeader) throws(RowProblem) -> DecimalField.Number {
        if let number = DecimalField.read(line, range(field)) { return number }
        throw .number(field: header.names[field], text: String(text(field).prefix(40)))
    }

    @inline(__always)
    func positive(_ field: Int, _ header: TableHeader) throws(RowProblem) -> DecimalField.Number {
        let number = try number(field, header)
        guard number.units > 0 else { throw .notPositive(field: header.names[field]) }
        return number
    }

    @inline(__always)
    func time(_ column: TableHeader.TimeColumn, _ header: TableHeader) throws(RowProblem) -> UnixMilliseconds
    {
        let number = try number(column.index, header)
        guard number.scale == 0, number.units >= 0 else {
            throw .number(field: header.names[column.index], text: String(text(column.index).prefix(40)))
        }
        return number.units / column.unit.rawValue
    }
}
