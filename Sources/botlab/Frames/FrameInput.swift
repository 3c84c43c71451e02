import Contracts
import Recording

/// Raw frames one after the other, from a recording or from a capture of a dialogue.
struct FrameInput {
    private enum Source {
        case recording(RecordingReader)
        case capture(CaptureReader)
    }

    /// What comes next.
    enum Item {
        case frame(RecordedFrame)
        /// Frames that the recorder itself had to drop here.
        case gap(RecordingGap)
        /// Bytes that hold no frame; reading goes on behind them.
        case unreadable(String)
    }

    private var source: Source
    private var hasFailed = false

    /// Opens `path`, up to the time `to` in Unix nanoseconds, itself left out.
    init(path: String, to: Int64) throws(RecordingError) {
        source =
            try CaptureReader.isCapture(path)
            ? .capture(CaptureReader(path: path, to: to))
            : .recording(RecordingReader(path: path, to: to))
    }

    /// Where the reader stands, for messages.
    var place: String {
        switch source {
        case .recording(let reader): "\(reader.path), line \(reader.lineNumber)"
        case .capture(let reader): "\(reader.path), line \(reader.lineNumber)"
        }
    }

    /// Files that ended in the middle of a line, so far.
    var tornFiles: [String] {
        if case .recording(let reader) = source { return reader.tornFiles }
        return []
    }

    /// The next item; nil when all is read.
    mutating func next() -> Item? {
        guard !hasFailed else { return nil }
        do throws(RecordingError) {
            switch source {
            case .recording(var reader):
                defer { source = .recording(reader) }
                while let item = try reader.next() {
                    switch item {
                    case .frame(let frame): return .frame(frame)
                    case .gap(let gap): return .gap(gap)
                    case .end: continue
                    }
                }
                return nil
            case .capture(var reader):
                defer { source = .capture(reader) }
                return try reader.next().map(Item.frame)
            }
        } catch {
            // A bad line is passed over; behind damage there is nothing to go on with.
            if case .badLine = error { return .unreadable("\(error)") }
            hasFailed = true
            return .unreadable("\(error)")
        }
    }
}
