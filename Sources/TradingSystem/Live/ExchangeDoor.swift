import Contracts
import EventKernel
import Glibc

/// The market's way into a kernel whose clock follows the exchange: moves the clock, and waits where the inlet fills.
///
/// Waiting holds up the connection's thread, so that a market played as fast as it is read is slowed down by the
/// socket itself, and nothing is lost.
package enum ExchangeDoor {
    private static let waitingCountMax = 1 << 11
    private static let pauseMicroseconds: UInt32 = 200

    /// Lets one event in at the exchange's time, once there is room.
    package static func pass(_ event: AnyEvent, into inlet: Inlet, by clock: ExchangeClock) -> Bool {
        if let time = event.exchangeTime { clock.advance(to: time) }
        let event = event.arriving(at: clock.now)
        while inlet.waitingCount > waitingCountMax { usleep(pauseMicroseconds) }
        return inlet.post(event)
    }
}
