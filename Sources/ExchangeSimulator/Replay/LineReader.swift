import CZlib

/// Reads a file line by line, gzipped or plain.
///
/// The handle is opened by `init`, closed by `deinit` and touched by this value alone, so the unsafe steps hold.
@safe final class LineReader {
    /// A longer line is no recording.
    static let lineBytesMax = 4 << 20
    private static let chunkBytes = 1 << 16

    let path: String
    private(set) var lineNumber = 0
    private let file: gzFile
    private var chunk: [UInt8] = []
    private var chunkAt = 0
    private var hasEnded = false

    init(path: String) throws(SimulatorError) {
        guard let file = unsafe gzopen(path, "rb") else {
            throw .unreadable(file: path, why: "it does not exist or may not be read")
        }
        self.path = path
        unsafe self.file = unsafe file
    }

    deinit { unsafe gzclose(file) }

    /// The next line without its line end; nil at the end of the file.
    func next() throws(SimulatorError) -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if chunkAt == chunk.count {
                try refill()
                if chunk.isEmpty {
                    guard !line.isEmpty else { return nil }
                    break
                }
            }
            let rest = chunk[chunkAt...]
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line.append(contentsOf: rest[..<end])
                chunkAt = end + 1
                break
            }
            line.append(contentsOf: rest)
            chunkAt = chunk.count
            guard line.count <= LineReader.lineBytesMax else {
                throw .badLine(
                    file: path,
                    line: lineNumber + 1,
                    why: "longer than \(LineReader.lineBytesMax) bytes"
                )
            }
        }
        lineNumber += 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    private func refill() throws(SimulatorError) {
        chunkAt = 0
        guard !hasEnded else {
            chunk = []
            return
        }
        var buffer = [UInt8](repeating: 0, count: LineReader.chunkBytes)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe gzread(file, bytes.baseAddress, UInt32(bytes.count))
        }
        var code: Int32 = 0
        let message = unsafe gzerror(file, &code).map { unsafe String(cString: $0) } ?? ""
        // A truncated gzip file reads fine up to the cut and then reports a buffer error.
        guard count >= 0, code == Z_OK || code == Z_STREAM_END else {
            throw .unreadable(file: path, why: message.isEmpty ? "it can't be read (a folder?)" : message)
        }
        buffer.removeLast(buffer.count - Int(count))
        chunk = buffer
        hasEnded = count == 0
    }
}
