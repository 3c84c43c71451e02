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
        let event = event.marketEvent(at: clock.now)
        while inlet.waitingCount > waitingCountMax { usleep(pauseMicroseconds) }
        return inlet.post(event)
    }
}

extension AnyEvent {
    /// When the exchange made it; nil for what has no such time, or was fetched afterwards and moves no clock.
    package var exchangeTime: UnixMilliseconds? {
        switch self {
        case .marketTrade(let trade): trade.isBackfill ? nil : trade.exchangeTime
        case .marketOrderbookDelta(let delta): delta.exchangeTime
        case .marketTicker(let ticker): ticker.exchangeTime
        default: nil
        }
    }

    /// A market event with another time of arrival; anything else as it is.
    fileprivate func marketEvent(at time: UnixMilliseconds) -> AnyEvent {
        switch self {
        case .marketTrade(var event): event.stamped(time)
        case .marketOrderbookDelta(var event): event.stamped(time)
        case .marketTicker(var event): event.stamped(time)
        case .marketKline(var event): event.stamped(time)
        case .marketOi(var event): event.stamped(time)
        case .marketFunding(var event): event.stamped(time)
        default: self
        }
    }
}

extension Event {
    fileprivate mutating func stamped(_ time: UnixMilliseconds) -> AnyEvent {
        meta.ts = time
        return erased
    }
}
