import Contracts
import EventKernel
import Synchronization

/// A clock that shows the exchange's time: that of the newest message taken in, never earlier than before.
///
/// With it a day of market data may pass in minutes, and every timer, bar and age in the planes is that of the day.
/// Timers fire only as events come in, so the same recording gives the same events, however fast it is played.
package final class ExchangeClock: HostClock {
    private let time: Atomic<Int64>

    package init(_ start: UnixMilliseconds) { time = Atomic(start) }

    package var now: UnixMilliseconds { time.load(ordering: .acquiring) }
    package var isDriven: Bool { true }

    package func advance(to newest: UnixMilliseconds) {
        _ = time.max(newest, ordering: .acquiringAndReleasing)
    }
}
