import Glibc

/// Reads a file line by line, gzipped or plain, in constant memory.
///
/// - Shape: lines without their line ends, LF or CR LF; a last one without an end counts, unless the file is torn.
/// - Errors: ``RecordingError/unreadable(path:why:)``, ``RecordingError/damaged(path:line:why:)`` once all that
///   can be read was read, ``RecordingError/badLine(path:line:why:)`` for one that is too long.
package final class LineReader {
    /// A longer line is no recording.
    package static let lineBytesMax = 4 << 20
    private static let chunkBytes = 1 << 18

    /// The file that is read.
    package var path: String { file.path }
    /// The number of the last line given, counted from 1.
    package private(set) var lineNumber = 0
    /// The file ends in the middle of its compressed stream; known when the lines have ended.
    package var isTorn: Bool { file.isTorn }
    /// The last line given had no line end.
    package private(set) var endsOpen = false
    /// How far into the file the reader is, in its bytes as they lie on disk.
    package var fileOffset: Int64 { file.offset }

    private let file: FileBytes
    private var chunk = [UInt8](repeating: 0, count: LineReader.chunkBytes)
    private var rest = 0..<0

    /// Opens the file at `path`.
    package init(path: String) throws(RecordingError) { file = try FileBytes(path: path) }

    /// The next line without its line end; nil at the end of the file.
    package func next() throws(RecordingError) -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if rest.isEmpty {
                rest = 0..<(try file.next(into: &chunk))
                guard !rest.isEmpty else {
                    if let why = file.damage { throw .damaged(path: path, line: lineNumber, why: why) }
                    guard !line.isEmpty, !file.isTorn else { return nil }
                    endsOpen = true
                    break
                }
            }
            if let end = lineEnd() {
                line.append(contentsOf: chunk[rest.lowerBound..<end])
                rest = end + 1..<rest.upperBound
                break
            }
            line.append(contentsOf: chunk[rest])
            rest = 0..<0
            guard line.count <= LineReader.lineBytesMax else {
                let why = "longer than \(LineReader.lineBytesMax) bytes"
                throw .badLine(path: path, line: lineNumber + 1, why: why)
            }
        }
        lineNumber += 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    private func lineEnd() -> Int? {
        unsafe chunk.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return nil }
            let found = unsafe memchr(start + rest.lowerBound, Int32(UInt8(ascii: "\n")), rest.count)
            return unsafe found.map { unsafe UnsafeRawPointer($0) - start }
        }
    }
}
