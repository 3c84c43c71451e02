import Contracts

/// Reads recordings, frame by frame, in constant memory.
///
/// - Shape: a file or a folder of segments, plain or gzipped, in order of name, which is the order of time; every kind
///   of line that `docs/recording-format.md` lists.
/// - Units: `from` and `to` in Unix nanoseconds of receiving; `to` itself is left out.
/// - Errors: a torn end is no error: see ``tornFiles``. Damage, and a line of no known kind, are thrown.
package struct RecordingReader {
    private var lines: RecordingLines
    private var shape = RecordedLine()
    private let from: Int64
    private let to: Int64

    /// Opens `path`; of a folder's segments only those that can hold frames of that time.
    package init(path: String, from: Int64 = .min, to: Int64 = .max) throws(RecordingError) {
        let files = try RecordingFolder.files(at: path)
        lines = try RecordingLines(files: Self.within(files, from: from, to: to)[...])
        (self.from, self.to) = (from, to)
    }

    /// The file that is read, and the number of the line last read.
    package var path: String { lines.path }
    package var lineNumber: Int { lines.lineNumber }
    /// How far into that file the reader is, in its bytes as they lie on disk.
    package var fileOffset: Int64 { lines.fileOffset }
    /// The files that ended in the middle of a line or of their compressed stream, so far.
    package var tornFiles: [String] { lines.tornFiles }

    /// The next frame, passing over everything else.
    package mutating func nextFrame() throws(RecordingError) -> RecordedFrame? {
        while let item = try next() {
            if case .frame(let frame) = item { return frame }
        }
        return nil
    }

    /// The next frame, gap or end of a segment; nil when all is read.
    package mutating func next() throws(RecordingError) -> RecordedItem? {
        while let line = try lines.next() {
            guard !line.isEmpty else { continue }
            guard let item = shape.read(line) else {
                // A line without its end is one whose writer was killed; what a power cut left may read as lines.
                guard lines.endsOpen || lines.mayEndTorn else {
                    throw .badLine(path: path, line: lineNumber, why: "it is of no kind that is known here")
                }
                try lines.abandonFile()
                continue
            }
            if isWanted(item) { return item }
        }
        return nil
    }

    private func isWanted(_ item: RecordedItem) -> Bool {
        switch item {
        case .frame(let frame): frame.receivedNanoseconds >= from && frame.receivedNanoseconds < to
        case .gap(let gap): gap.lastNanoseconds >= from && gap.firstNanoseconds < to
        case .end(let end): end.lastNanoseconds >= from && end.firstNanoseconds < to
        }
    }

    /// Segments tell by their names when they begin, and so when those before them ended.
    private static func within(_ files: [String], from: Int64, to: Int64) -> [String] {
        let starts = files.map { path in
            SegmentName(path.split(separator: "/").last ?? "").map { $0.startMilliseconds * 1_000_000 }
        }
        return files.indices.filter { index in
            if let start = starts[index], start >= to { return false }
            guard index + 1 < files.count, let next = starts[index + 1] else { return true }
            // A name is cut to the millisecond.
            return next + 1_000_000 > from
        }
        .map { files[$0] }
    }
}
