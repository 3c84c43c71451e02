import Contracts
import Dispatch
import Synchronization

/// Writes frames to a folder of compressed segments, on a queue of its own.
///
/// - Shape: `docs/recording-format.md`.
/// - Order: frames lie in the order in which they were taken; ``take(_:receivedNanoseconds:category:connectionID:)``
///   never waits for the disk.
/// - Errors: a full queue drops frames, counts them and marks the place; a disk that fails does the same until it works
///   again. Both are told to `onTrouble`, on the writer's queue.
package final class RecordingWriter: Sendable {
    private struct Waiting {
        var frames: FrameQueue
        var spare: FrameQueue
        var isScheduled = false
        var isUrgent = false
        var isClosed = false
    }

    /// Where the segments lie.
    package let folder: String

    private let settings: RecordingSettings
    private let onTrouble: @Sendable (RecordingError) -> Void
    private let queue = DispatchQueue(label: "recorder", qos: .utility)
    private let waiting: Mutex<Waiting>
    private let series: Mutex<SegmentSeries>

    /// Takes over `folder`, where no other writer may be at work, and makes it where it is missing.
    package init(
        folder: String,
        settings: RecordingSettings = RecordingSettings(),
        onTrouble: @escaping @Sendable (RecordingError) -> Void = { _ in }
    ) throws(RecordingError) {
        self.folder = folder
        self.settings = settings
        self.onTrouble = onTrouble
        series = Mutex(try SegmentSeries(folder: folder, settings: settings))
        let frames = FrameQueue(bytesMax: settings.queueBytesMax)
        waiting = Mutex(Waiting(frames: frames, spare: frames))
    }

    package var status: RecordingStatus {
        var status = series.withLock { $0.status }
        status.queuedByteCount = waiting.withLock { $0.frames.byteCount }
        return status
    }

    /// Takes one frame and returns at once; false where it had to be dropped.
    @discardableResult
    package func take(
        _ frame: RawSpan,
        receivedNanoseconds: Int64,
        category: Category,
        connectionID: String
    ) -> Bool {
        let taken: (isTaken: Bool, delay: Int?)
        taken = waiting.withLock { waiting in
            guard !waiting.isClosed else { return (false, nil) }
            let isTaken = waiting.frames.append(
                frame,
                receivedNanoseconds: receivedNanoseconds,
                category: category,
                connectionID: connectionID
            )
            // Far from full, frames are gathered: one wake-up then serves many of them.
            let isUrgent = waiting.frames.byteCount > settings.queueBytesMax / 4
            if isUrgent, !waiting.isUrgent {
                (waiting.isScheduled, waiting.isUrgent) = (true, true)
                return (isTaken, 0)
            }
            guard !waiting.isScheduled else { return (isTaken, nil) }
            waiting.isScheduled = true
            return (isTaken, settings.gatherMilliseconds)
        }
        if let delay = taken.delay { schedule(after: delay) }
        return taken.isTaken
    }

    /// Returns when all that was taken is safe from the process's end.
    package func flush() {
        queue.sync {
            drain()
            tell(series.withLock { $0.flush() })
        }
    }

    /// Writes what waits, ends the segment and takes no more; only the first call does anything.
    package func close() {
        queue.sync {
            let isFirst = waiting.withLock { waiting in
                defer { waiting.isClosed = true }
                return !waiting.isClosed
            }
            guard isFirst else { return }
            drain()
            tell(series.withLock { $0.close() })
        }
    }

    // MARK: On the queue

    private func schedule(after milliseconds: Int) {
        guard milliseconds > 0 else { return queue.async { self.work() } }
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { self.work() }
    }

    private func work() {
        drain()
        scheduleFlush()
    }

    private func drain() {
        while var frames = next() {
            tell(series.withLock { $0.write(frames) })
            frames.empty()
            waiting.withLock { $0.spare = frames }
        }
    }

    private func next() -> FrameQueue? {
        waiting.withLock { waiting in
            guard !waiting.frames.isEmpty else {
                (waiting.isScheduled, waiting.isUrgent) = (false, false)
                return nil
            }
            let spare = waiting.spare
            waiting.spare = FrameQueue(bytesMax: 0)
            return waiting.frames.exchange(for: spare)
        }
    }

    /// One flush follows each time that something was written, not sooner than the last was long enough ago.
    private func scheduleFlush() {
        let mustSchedule = series.withLock { $0.beginsFlushWait() }
        guard mustSchedule else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(settings.flushMilliseconds)) {
            self.tell(self.series.withLock { $0.flush() })
        }
    }

    private func tell(_ troubles: [RecordingError]) {
        for trouble in troubles { onTrouble(trouble) }
    }
}
