import Contracts

/// Compares what planes say while they hear a journal again with what the journal has, one chain of events at a time.
///
/// Only what moves orders is compared: intents, the steps of orders, the venue's reports. Risk's answers are not, for
/// it knows the market from before the set; they are the journal's in any case.
final class SaidEvents {
    /// Whether the chain began after the set: of the one in which the set was kept only the end is heard.
    private var isWhole = false
    private var said: [AnyEvent] = []
    private var journaled: [AnyEvent] = []

    func note(_ event: AnyEvent) {
        if event.movesOrders { said.append(event.withoutNumber) }
    }

    func noteJournaled(_ event: AnyEvent) {
        if event.movesOrders { journaled.append(event.withoutNumber) }
    }

    /// Forgets what was said so far.
    func forget() {
        said.removeAll(keepingCapacity: true)
        journaled.removeAll(keepingCapacity: true)
    }

    /// A chain has ended: both must have the same.
    func endChain(before sequence: UInt64) throws(RetellingObstacle) {
        defer {
            forget()
            isWhole = true
        }
        guard isWhole, said != journaled else { return }
        let count = zip(said, journaled).prefix { $0 == $1 }.count
        let first = count < said.count ? said[count] : journaled[count]
        throw .difference(near: sequence - 1, topic: first.topic.rawValue)
    }
}

extension AnyEvent {
    fileprivate var movesOrders: Bool {
        switch self {
        case .strategyIntent, .execOrderEvent, .execVenueReport: true
        default: false
        }
    }

    fileprivate var withoutNumber: AnyEvent {
        switch self {
        case .strategyIntent(var event): event.unnumbered
        case .execOrderEvent(var event): event.unnumbered
        case .execVenueReport(var event): event.unnumbered
        default: self
        }
    }
}

extension Event {
    fileprivate var unnumbered: AnyEvent {
        mutating get {
            meta.seq = 0
            return erased
        }
    }
}
