import Contracts
import EventKernel
import Recording
import Synchronization

/// Keeps every frame that the feed receives, in segment files, beside the feed's way and never in it.
///
/// - Shape: give ``tap`` to the feed; the files are those of `docs/recording-format.md`.
/// - Errors: frames that could not be kept are counted and marked in the recording, and told as `market:error` with the
///   code `recording.dropped` or `recording.write`, once in ten seconds at most.
package final class FrameRecorder: Sendable {
    /// Names the recorder where an event asks for a connection.
    private static let name = "recorder"

    private let writer: RecordingWriter

    /// Opens the folder; `post` takes events for the kernel and says whether there was room.
    package init(
        folder: String,
        settings: RecordingSettings,
        clock: any HostClock,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) throws(RecordingError) {
        let reports = Mutex(TroubleFold())
        writer = try RecordingWriter(folder: folder, settings: settings) { error in
            guard let error = reports.withLock({ $0.note(error, at: clock.now) }) else { return }
            _ = post(
                .marketError(
                    MarketErrorEvent(
                        meta: EventMeta(source: .market, ts: clock.now),
                        connectionID: Self.name,
                        code: error.code,
                        what: error.what,
                        why: error.why + "; " + error.next
                    )
                )
            )
        }
    }

    /// What the feed calls with each frame; it copies the frame and returns.
    package var tap: FrameTap {
        { [writer] connectionID, category, received, frame in
            writer.take(
                frame,
                receivedNanoseconds: received * 1_000_000,
                category: category,
                connectionID: connectionID
            )
        }
    }

    package var status: RecordingStatus { writer.status }

    /// Returns when all frames so far are safe from the process's end.
    package func flush() { writer.flush() }

    /// Ends the recording; frames that come later are dropped.
    package func close() { writer.close() }
}
