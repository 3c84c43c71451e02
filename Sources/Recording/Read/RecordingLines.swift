/// The lines of a file, or of a folder's recordings one after the other.
package struct RecordingLines {
    /// The file that is read, and the number of the line last given.
    package var path: String { reader?.path ?? files.last ?? "" }
    package var lineNumber: Int { reader?.lineNumber ?? 0 }
    /// How far into that file the reader is, in its bytes as they lie on disk.
    package var fileOffset: Int64 { reader?.fileOffset ?? 0 }
    /// The last line given had no line end.
    package var endsOpen: Bool { reader?.endsOpen ?? false }
    /// The file that is read was not closed by its writer.
    var mayEndTorn: Bool { path.hasSuffix(".part") || path.hasSuffix(".torn.jsonl.gz") }
    /// The files that ended in the middle of their compressed stream, so far.
    package private(set) var tornFiles: [String] = []

    private var files: ArraySlice<String>
    private var reader: LineReader?

    /// Opens the file or folder at `path`.
    package init(path: String) throws(RecordingError) {
        try self.init(files: RecordingFolder.files(at: path)[...])
    }

    init(files: ArraySlice<String>) throws(RecordingError) {
        self.files = files
        try open()
    }

    /// The next line; nil at the end of the last file.
    package mutating func next() throws(RecordingError) -> [UInt8]? {
        while let reader {
            do throws(RecordingError) {
                if let line = try reader.next() { return line }
                if reader.isTorn { tornFiles.append(reader.path) }
            } catch .damaged(let path, let line, let why) {
                // What a power cut left behind the last whole line is no damage, but an end.
                guard mayEndTorn else {
                    throw .damaged(path: path, line: line, why: why)
                }
                tornFiles.append(path)
            }
            try open()
        }
        return nil
    }

    /// Leaves the rest of the file that is read, which can't be read on.
    mutating func abandonFile() throws(RecordingError) {
        tornFiles.append(path)
        try open()
    }

    private mutating func open() throws(RecordingError) {
        reader = try files.popFirst().map { path throws(RecordingError) in try LineReader(path: path) }
    }
}
