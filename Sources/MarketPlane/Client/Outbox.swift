import Contracts

/// Events that the kernel had no room for, kept in a bounded space until it has.
///
/// Of what is a state (tickers, growing candles, open interest, …) the latest wins; what must not be missed (trades,
/// book messages, closed candles, liquidations) waits in order. While anything waits, all later events wait behind.
struct Outbox {
    enum Verdict: Equatable {
        case kept
        /// It took the place of an older one.
        case conflated
        case dropped
    }

    private struct Key: Hashable {
        let topic: Topic
        let instrument: Instrument
        let minutes: Int
    }

    private let eventCountMax: Int
    private var ordered: [AnyEvent] = []
    private var orderedHead = 0
    private var latest: [Key: AnyEvent] = [:]
    private var keys: [Key] = []
    private var keysHead = 0

    init(eventCountMax: Int) { self.eventCountMax = eventCountMax }

    var isEmpty: Bool { waitingCount == 0 }
    var waitingCount: Int { ordered.count - orderedHead + keys.count - keysHead }

    /// Takes one event that the kernel refused.
    mutating func take(_ event: AnyEvent) -> Verdict {
        guard let key = Self.key(of: event) else {
            guard ordered.count - orderedHead < eventCountMax else { return .dropped }
            ordered.append(event)
            return .kept
        }
        if latest.updateValue(event, forKey: key) != nil { return .conflated }
        guard keys.count - keysHead < eventCountMax else {
            latest[key] = nil
            return .dropped
        }
        keys.append(key)
        return .kept
    }

    /// Hands out what waits, until `post` refuses.
    mutating func drain(_ post: (AnyEvent) -> Bool) {
        while orderedHead < ordered.count, post(ordered[orderedHead]) { orderedHead += 1 }
        if orderedHead == ordered.count { (ordered, orderedHead) = ([], 0) }
        while keysHead < keys.count {
            guard let event = latest[keys[keysHead]], post(event) else { break }
            latest[keys[keysHead]] = nil
            keysHead += 1
        }
        if keysHead == keys.count { (keys, keysHead) = ([], 0) }
    }

    /// Gives up what waits, and gives it.
    mutating func empty() -> [AnyEvent] {
        let waiting = ordered[orderedHead...] + keys[keysHead...].compactMap { latest[$0] }
        self = Outbox(eventCountMax: eventCountMax)
        return Array(waiting)
    }

    private static func key(of event: AnyEvent) -> Key? {
        switch event {
        case .marketTicker(let ticker): Key(topic: .marketTicker, instrument: ticker.instrument, minutes: 0)
        case .marketOi(let interest): Key(topic: .marketOi, instrument: interest.instrument, minutes: 0)
        case .marketFunding(let funding):
            Key(topic: .marketFunding, instrument: funding.instrument, minutes: 0)
        case .marketPriceLimit(let limit):
            Key(topic: .marketPriceLimit, instrument: limit.instrument, minutes: 0)
        case .marketKline(let candle) where !candle.isConfirmed:
            Key(topic: .marketKline, instrument: candle.instrument, minutes: candle.minutes)
        default: nil
        }
    }
}
