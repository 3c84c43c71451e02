import Contracts
import Synchronization

/// The one way into a kernel for other threads: many producers, one consumer, bounded.
///
/// Market events may be refused when the inlet is full: counted, and the feed heals itself by a resync. All other
/// events have reserved room and are never refused.
package final class Inlet: Sendable {
    private struct State {
        var events: [AnyEvent] = []
        var refusedCount: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let bell: AsyncStream<Void>.Continuation
    /// From this many waiting events on, market events are refused.
    package let marketCountMax: Int
    /// Room beyond `marketCountMax` for everything else; whoever fills it breaks an invariant.
    package let reservedCount: Int

    init(marketCountMax: Int, reservedCount: Int, bell: AsyncStream<Void>.Continuation) {
        self.marketCountMax = marketCountMax
        self.reservedCount = reservedCount
        self.bell = bell
    }

    /// Posts one event; false where a market event was refused, or the kernel has ended.
    @discardableResult
    package func post(_ event: AnyEvent) -> Bool {
        let isMarket = event.topic.topicClass == .market
        let (isTaken, isFirst) = state.withLock { state in
            let room = isMarket ? marketCountMax : marketCountMax + reservedCount
            guard !state.isClosed else { return (false, false) }
            guard state.events.count < room else {
                precondition(
                    isMarket,
                    "the inlet's reserved room is full: a source of control events has no bound"
                )
                state.refusedCount += 1
                return (false, false)
            }
            state.events.append(event)
            return (true, state.events.count == 1)
        }
        if isFirst { bell.yield() }  // rings once for all that gathers until the kernel looks
        return isTaken
    }

    /// Takes no more events; what waits is still delivered.
    package func close() {
        state.withLock { $0.isClosed = true }
        bell.finish()
    }

    /// How many market events were refused.
    package var refusedCount: UInt64 { state.withLock { $0.refusedCount } }
    /// How many events wait.
    package var waitingCount: Int { state.withLock { $0.events.count } }

    func take(into batch: inout [AnyEvent]) {
        batch.removeAll(keepingCapacity: true)
        state.withLock { swap(&$0.events, &batch) }
    }
}
