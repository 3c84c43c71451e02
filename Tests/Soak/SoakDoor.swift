import Contracts
import EventKernel
import Synchronization
import TradingSystem

/// The market's way into the kernel during a soak: counts what passes the ``ExchangeDoor``.
final class SoakDoor: Sendable {
    /// What came in: by the connections, and fetched where those had missed something.
    struct Figures {
        var trades: [Instrument: UInt64] = [:]
        var eventCount: UInt64 = 0
        var connectCount = 0
        var disconnectCount = 0
        var gapCount = 0
        var malformedCount = 0
        /// Each code of trouble and how often it was told.
        var errors: [String: Int] = [:]
        var refusedCount = 0
    }

    let clock: ExchangeClock
    private let kept = Mutex(Figures())

    init(clock: ExchangeClock) { self.clock = clock }

    var figures: Figures { kept.withLock { $0 } }

    /// Whether every connection that was opened has ended, and none is open.
    var hasEnded: Bool { kept.withLock { $0.connectCount > 0 && $0.connectCount == $0.disconnectCount } }

    func take(_ event: AnyEvent, into inlet: Inlet) -> Bool {
        let isTaken = ExchangeDoor.pass(event, into: inlet, by: clock)
        kept.withLock { $0.note(event, isTaken: isTaken) }
        return isTaken
    }
}

extension SoakDoor.Figures {
    fileprivate mutating func note(_ event: AnyEvent, isTaken: Bool) {
        eventCount += 1
        guard isTaken else {
            // Once every connection has ended the kernel does too, and takes nothing more.
            if disconnectCount < connectCount { refusedCount += 1 }
            return
        }
        switch event {
        case .marketTrade(let trade): trades[trade.instrument, default: 0] += 1
        case .marketConnected: connectCount += 1
        case .marketDisconnected: disconnectCount += 1
        case .marketError(let error):
            errors[error.code, default: 0] += 1
            if error.code.hasSuffix(".gap") { gapCount += 1 }
            if error.code == "frame.malformed" { malformedCount += 1 }
        default: break
        }
    }
}
