import Contracts
import Glibc
import Synchronization

/// The time at the edges, where events are stamped as they come in; planes read the kernel's `now` instead.
package protocol HostClock: Sendable {
    /// Unix milliseconds; never goes back.
    var now: UnixMilliseconds { get }
    /// Whether its time moves only with the events that come in: then no timer may run ahead of them.
    var isDriven: Bool { get }
}

extension HostClock {
    package var isDriven: Bool { false }
}

/// The machine's clock: the wall clock's time at the start, carried on by the monotonic one.
///
/// So neither an operator nor NTP can step it: timers are unharmed and time stamps never go back.
package struct SystemClock: HostClock {
    private let offsetNanoseconds: Int64

    package init() {
        offsetNanoseconds = Self.nanoseconds(of: CLOCK_REALTIME) - Self.nanoseconds(of: CLOCK_MONOTONIC)
    }

    package var now: UnixMilliseconds {
        (Self.nanoseconds(of: CLOCK_MONOTONIC) + offsetNanoseconds) / 1_000_000
    }

    private static func nanoseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// Time that only measures how long something takes; no event and no decision may depend on it.
package enum MonotonicTime {
    package static var nanoseconds: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// A clock that stands still until it is moved: for tests and simulation.
package final class ManualClock: HostClock {
    private let time: Mutex<UnixMilliseconds>

    package init(_ start: UnixMilliseconds = 1_700_000_000_000) { time = Mutex(start) }

    package var now: UnixMilliseconds { time.withLock { $0 } }
    package func advance(milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}
