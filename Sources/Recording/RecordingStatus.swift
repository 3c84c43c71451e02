/// What a writer has done, for health and metrics.
package struct RecordingStatus: Hashable, Sendable {
    /// Frames in the recording, and what they measured before compression.
    package var frameCount = 0
    package var frameByteCount = 0
    /// What they measure on disk.
    package var diskByteCount: Int64 = 0
    /// Frames that came and are not in the recording; each place is marked there.
    package var droppedCount = 0
    /// Segments that were closed.
    package var segmentCount = 0
    package var failureCount = 0
    /// What waits for the disk.
    package var queuedByteCount = 0
    /// Of the open segment, on disk.
    var segmentByteCount: Int64 = 0

    package init() {}
}
