import Contracts

/// Holds back what leaves the process until the disk has the event that allows it: orders, and answers to operators.
///
/// Without a journal, as in a backtest, nothing is held back.
package struct DurabilityGate: Sendable {
    private let writer: JournalWriter?

    package init(writer: JournalWriter?) { self.writer = writer }

    /// Performs `action` once the disk has every event up to `sequence`; at once without a journal.
    ///
    /// - Order: that of the numbers, and of the calls for one number; on the writer's queue, which it must not hold up.
    /// - Errors: where the disk never will have it, `action` is dropped and `lost` performed instead.
    package func release(
        after sequence: UInt64,
        _ action: @escaping @Sendable () -> Void,
        lost: @escaping @Sendable (JournalError) -> Void = { _ in }
    ) {
        guard let writer else { return action() }
        writer.whenDurable(sequence) { error in
            if let error { lost(error) } else { action() }
        }
    }

    /// Returns once the disk has every event up to `sequence`.
    package func passed(_ sequence: UInt64) async throws(JournalError) {
        try await writer?.awaitDurable(sequence)
    }

    /// The newest number that the disk has; nil without a journal.
    package var durable: UInt64? { writer?.durableHead.sequence }
}
