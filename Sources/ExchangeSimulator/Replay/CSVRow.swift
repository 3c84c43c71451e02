/// One line of a CSV file, its fields read with errors that name file and line.
struct CSVRow {
    let file: String
    let line: Int
    private let fields: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8], fieldCount: Int, file: String, line: Int) throws(SimulatorError) {
        self.file = file
        self.line = line
        fields = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard fields.count == fieldCount else {
            throw .badLine(
                file: file,
                line: line,
                why: "\(fields.count) fields where the header has \(fieldCount)"
            )
        }
    }

    func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }

    func integer(_ index: Int) throws(SimulatorError) -> Int64 {
        guard let number = Int64(text(index)), number >= 0 else {
            throw .badLine(file: file, line: line, why: "\"\(text(index))\" is no time")
        }
        return number
    }

    /// A number of at least zero.
    func decimal(_ index: Int) throws(SimulatorError) -> Fixed.Reading {
        guard let reading = Fixed.read(fields[index]), reading.value >= .zero else {
            throw .badLine(file: file, line: line, why: "\"\(text(index))\" is no number of at least zero")
        }
        return reading
    }

    func price(_ index: Int) throws(SimulatorError) -> Fixed.Reading {
        let reading = try decimal(index)
        guard reading.value > .zero else {
            throw .badLine(file: file, line: line, why: "a price can't be zero")
        }
        return reading
    }
}
