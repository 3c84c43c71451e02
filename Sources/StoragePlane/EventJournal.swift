import Contracts
import EventKernel

/// The kernel's side of the journal: every event of the bus, in order, handed over when the kernel settles.
package final class EventJournal {
    /// A chain of events longer than this is handed over before the kernel settles.
    package static let batchLimitEvents = 4096

    private let writer: JournalWriter
    private var batch: [JournalEntry] = []

    /// Records what `kernel` publishes from here on; the kernel waits where the writer's queue is full.
    package init(writer: JournalWriter, kernel: Kernel) {
        self.writer = writer
        kernel.bus.record { event, isRoot in self.record(event, isRoot) }
        kernel.onSettled { self.handOver() }
    }

    private func record(_ event: AnyEvent, _ isRoot: Bool) {
        batch.append(JournalEntry(event: event, isRoot: isRoot))
        if batch.count >= Self.batchLimitEvents { handOver() }
    }

    private func handOver() {
        guard !batch.isEmpty else { return }
        writer.append(batch)
        batch = []
    }
}
