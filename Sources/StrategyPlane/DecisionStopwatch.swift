import Contracts

/// Measures the decisions of strategies from outside; what it finds comes back as an event.
///
/// A backtest and a replay have none: they hear the overruns that were journaled.
package protocol DecisionStopwatch: AnyObject {
    /// A decision begins.
    func begin()
    /// The decision that began last has ended.
    func end(_ strategy: StrategyID, _ instrument: Instrument)
}

/// Posts a `strategy:overrun` for each decision that took longer than its budget.
///
/// Has no clock of its own: `nanoseconds` reads a monotonic one, `post` hands the event to the kernel's inlet.
package final class StopwatchRelay: DecisionStopwatch {
    private let budgetMicroseconds: Int64
    private let nanoseconds: () -> Int64
    private let post: (StrategyOverrun) -> Void
    private var start: Int64 = 0

    package init(
        budgetMicroseconds: Int64 = 5_000,
        nanoseconds: @escaping () -> Int64,
        post: @escaping (StrategyOverrun) -> Void
    ) {
        self.budgetMicroseconds = budgetMicroseconds
        self.nanoseconds = nanoseconds
        self.post = post
    }

    package func begin() { start = nanoseconds() }

    package func end(_ strategy: StrategyID, _ instrument: Instrument) {
        let elapsed = (nanoseconds() - start) / 1_000
        guard elapsed > budgetMicroseconds else { return }
        post(
            StrategyOverrun(
                meta: EventMeta(source: .system),
                instrument: instrument,
                strategy: strategy,
                elapsedMicroseconds: elapsed,
                budgetMicroseconds: budgetMicroseconds
            )
        )
    }
}
