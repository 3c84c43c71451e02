import Contracts
import Glibc

/// Why a recording cannot be written, or not be read.
package enum RecordingError: OperatorError, Hashable, Sendable {
    /// There is nothing to read, or it may not be read.
    case unreadable(path: String, why: String)
    /// The bytes contradict themselves before the end.
    case damaged(path: String, line: Int, why: String)
    /// A line is no line of any kind that is known.
    case badLine(path: String, line: Int, why: String)
    /// The folder cannot be made, or not be listed.
    case badFolder(path: String, why: String)
    /// A segment cannot be written; frames are dropped until a new one can be begun.
    case writeFailed(path: String, why: String, retryMilliseconds: Int)
    /// The disk was too slow, or failed, and frames were dropped.
    case dropped(frames: Int, bytes: Int, why: String)

    package var code: String {
        switch self {
        case .unreadable: "recording.read"
        case .damaged: "recording.damaged"
        case .badLine: "recording.line"
        case .badFolder: "recording.folder"
        case .writeFailed: "recording.write"
        case .dropped: "recording.dropped"
        }
    }

    package var what: String {
        switch self {
        case .unreadable(let path, _): "the recording \(path) cannot be read"
        case .damaged(let path, let line, _): "the recording \(path) is damaged after line \(line)"
        case .badLine(let path, let line, _): "\(path), line \(line), is no line of a recording"
        case .badFolder(let path, _): "the folder of recordings \(path) cannot be used"
        case .writeFailed(let path, _, _): "the recording \(path) cannot be written"
        case .dropped(let frames, let bytes, _): "\(frames) frames (\(bytes) bytes) are not in the recording"
        }
    }

    package var why: String {
        switch self {
        case .unreadable(_, let why), .damaged(_, _, let why), .badLine(_, _, let why),
            .badFolder(_, let why),
            .writeFailed(_, let why, _), .dropped(_, _, let why):
            why
        }
    }

    package var next: String {
        switch self {
        case .unreadable: "check the path and its rights"
        case .damaged: "what stands before it was read; take the other segments, or a copy of this one"
        case .badLine: "mend or remove the line"
        case .badFolder: "check recorder.folder, that it exists or can be made, and its rights"
        case .writeFailed(_, _, let delay):
            "frames are dropped and counted; a new segment is tried in \(delay) ms; check the disk's space"
        case .dropped: "the place is marked in the recording; trading goes on unharmed"
        }
    }
}

/// The text of an `errno`.
func errorText(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
