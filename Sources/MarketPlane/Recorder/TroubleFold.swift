import Contracts
import Recording

/// Makes few reports of many troubles of the recorder.
struct TroubleFold {
    /// One report tells of all that was dropped since the last.
    private static let reportMilliseconds: Int64 = 10_000

    private var sentAt: UnixMilliseconds?
    private var dropped: (frames: Int, bytes: Int) = (0, 0)

    /// What to report now; nil where it is too soon.
    mutating func note(_ error: RecordingError, at now: UnixMilliseconds) -> RecordingError? {
        if case .dropped(let frames, let bytes, _) = error {
            dropped = (dropped.frames + frames, dropped.bytes + bytes)
        }
        if let sentAt, now - sentAt < Self.reportMilliseconds { return nil }
        sentAt = now
        guard case .dropped(_, _, let why) = error else { return error }
        defer { dropped = (0, 0) }
        return .dropped(frames: dropped.frames, bytes: dropped.bytes, why: why)
    }
}
