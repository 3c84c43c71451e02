import Contracts

/// All that risk knows of the world when it is asked: a value, folded from events.
///
/// What has never been said is nil, and the checks take nil for a no.
struct RiskBook {
    var lifecycle: ControlState.Lifecycle?
    var isPaused = true
    var equity: Money?
    var specs: [Instrument: InstrumentSpec] = [:]
    var feeds: [Instrument: FeedHealth.State] = [:]
    var volatility: [Instrument: MarketContext.Level] = [:]
    var priceLimits: [Instrument: PriceLimit] = [:]
    var holdings: [Instrument: Holding] = [:]
    var approvals: [Seat: UnixMilliseconds] = [:]

    /// One strategy on one instrument.
    struct Seat: Hashable {
        let instrument: Instrument
        let strategy: StrategyID
    }

    /// Why nothing may raise an exposure; nil where it may.
    func haltReason(_ limits: RiskLimits) -> String? {
        guard let equity else { return "the account's equity is not known" }
        guard equity > limits.equityMin else {
            return "equity \(equity) is not above \(limits.equityMin)"
        }
        return nil
    }

    /// The worst case of all positions, without that of `left`.
    func grossNotional(leavingOut left: Instrument? = nil, at now: UnixMilliseconds) throws -> Money {
        var sum = Money.zero
        for (instrument, holding) in holdings where instrument != left {
            sum = try sum.adding(holding.worstNotional(at: now))
        }
        return sum
    }

    /// The position as the books state it.
    ///
    /// An update that answers a fill comes after that fill's own event, which has been counted by then.
    mutating func take(_ update: borrowing PositionUpdate) {
        var holding = holdings[update.instrument] ?? Holding()
        if update.meta.correlationID == nil { holding.quantity = update.quantity }
        if let mark = update.markPrice { holding.price = mark }
        holdings[update.instrument] = holding
    }

    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) {
        var holding = holdings[order.instrument] ?? Holding()
        try holding.take(order)
        holdings[order.instrument] = holding
    }

    /// Books the leave that was given.
    mutating func approve(_ proposal: Proposal) throws(NumberError) {
        let intent = proposal.intent
        var holding = holdings[intent.instrument] ?? Holding()
        let others = try holding.others(than: intent.strategy)
        holding.shares[intent.strategy] = try proposal.target.subtracting(others)
        let leave = Holding.Pending(
            correlationID: intent.meta.correlationID,
            target: proposal.target,
            price: proposal.worstPrice,
            expires: intent.expires
        )
        holding.add(leave, at: proposal.now)
        if holding.price == nil { holding.price = intent.referencePrice }
        holdings[intent.instrument] = holding
        approvals[Seat(instrument: intent.instrument, strategy: intent.strategy)] = proposal.now
    }
}
