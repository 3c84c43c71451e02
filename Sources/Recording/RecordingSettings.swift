/// How a recording is cut into segments and how long they are kept.
package struct RecordingSettings: Hashable, Sendable {
    /// A segment is closed when it has so many bytes on disk, or covers so much time.
    package var segmentBytesMax: Int64 = 64 << 20
    package var segmentMilliseconds: Int64 = 3_600_000
    /// Segments are deleted when they ended so long ago; nil keeps them however old they are.
    package var retentionMilliseconds: Int64? = 7 * 86_400_000
    /// The oldest segments are deleted while all of them together have more bytes; nil for no limit.
    package var retentionBytesMax: Int64? = 20 << 30
    /// Frames wait for the disk in so many bytes of memory, while as many are being written; what does not fit is
    /// dropped and counted.
    package var queueBytesMax = 16 << 20
    /// Frames are gathered for so long before they are written.
    package var gatherMilliseconds = 50
    /// After so long, what was written is safe from the process's end; with the gathering, less than a second.
    package var flushMilliseconds = 900
    /// The waits before a new segment is tried where the disk failed; each is twice the one before.
    package var retryFirstMilliseconds = 1_000
    package var retryMaxMilliseconds = 60_000
    /// zlib's, 1 to 9.
    package var compressionLevel: Int32 = 3

    package init() {}
}
