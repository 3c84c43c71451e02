/// Feeds a market's events to the exchange as its clock reaches them.
struct MarketDriver {
    /// Where events come from: recordings are read, an invented market is asked.
    enum Source {
        case recorded(any MarketSource)
        case generated(GeneratedMarket)

        mutating func next() throws(SimulatorError) -> TimedHappening? {
            switch self {
            case .recorded(var source):
                defer { self = .recorded(source) }
                return try source.next().map { TimedHappening(dueNs: $0.dueNs, happening: .market($0.event)) }
            case .generated(var market):
                // Let go of the stored copy first: a second reference would copy the market at each event.
                self = .generated(.empty)
                defer { self = .generated(market) }
                return market.next()
            }
        }
    }

    private(set) var hasEnded = false
    /// The market's own time, in the source's nanoseconds.
    private(set) var nowNs: Int64
    /// The outage that struck last, until it is taken.
    private var outage: Duration?
    private var source: Source
    private var following: TimedHappening?

    /// Applies everything due at the very beginning, so that symbols and first books are there.
    init(
        source: Source,
        exchange: Exchange,
        startsWith isOpening: (MarketEvent) -> Bool
    ) throws(SimulatorError) {
        self.source = source
        following = try self.source.next()
        nowNs = following?.dueNs ?? 0
        while let next = following {
            if case .market(let event) = next.happening, !isOpening(event) { break }
            exchange.apply(next.happening)
            following = try self.source.next()
        }
        nowNs = following?.dueNs ?? nowNs
        hasEnded = following == nil
    }

    /// Moves the clock to `targetNs` and applies what is due; false when `eventsMax` was too little for it.
    mutating func advance(
        toNs targetNs: Int64,
        exchange: Exchange,
        eventsMax: Int
    ) throws(SimulatorError) -> Bool {
        nowNs = max(nowNs, targetNs)
        var count = 0
        while let event = following, event.dueNs <= nowNs {
            guard count < eventsMax, outage == nil else { return false }
            try apply(event, to: exchange)
            count += 1
        }
        hasEnded = following == nil
        return true
    }

    /// Applies the next event whenever it is due, and moves the clock there.
    mutating func step(exchange: Exchange) throws(SimulatorError) {
        guard let event = following else {
            hasEnded = true
            return
        }
        nowNs = max(nowNs, event.dueNs)
        try apply(event, to: exchange)
        hasEnded = following == nil
    }

    /// The outage that the events applied last called for; no more events come before it is taken.
    mutating func takeOutage() -> Duration? {
        defer { outage = nil }
        return outage
    }

    private mutating func apply(_ event: TimedHappening, to exchange: Exchange) throws(SimulatorError) {
        exchange.apply(event.happening)
        if case .outage(let lengthMs, _) = event.happening { outage = .milliseconds(lengthMs) }
        following = try source.next()
    }
}
