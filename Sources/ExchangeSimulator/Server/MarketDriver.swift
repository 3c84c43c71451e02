/// Feeds a market's events to the exchange as its clock reaches them.
struct MarketDriver {
    private(set) var hasEnded = false
    /// The market's own time, in the source's nanoseconds.
    private(set) var nowNs: Int64
    private var source: any MarketSource
    private var following: TimedEvent?

    /// Applies everything due at the very beginning, so that symbols and first books are there.
    init(
        source: any MarketSource,
        exchange: Exchange,
        startsWith isOpening: (MarketEvent) -> Bool
    ) throws(SimulatorError) {
        self.source = source
        following = try self.source.next()
        nowNs = following?.dueNs ?? 0
        while let event = following, isOpening(event.event) {
            exchange.apply(event.event)
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
            guard count < eventsMax else { return false }
            exchange.apply(event.event)
            following = try source.next()
            count += 1
        }
        hasEnded = following == nil
        return true
    }
}
