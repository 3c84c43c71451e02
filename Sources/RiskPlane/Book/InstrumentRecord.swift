import Contracts

/// All that risk knows of one instrument.
struct InstrumentRecord {
    let instrument: Instrument
    var facts = InstrumentFacts()
    /// The coin that its prices are in; only a refusal reads it.
    var quoteCoin: String?
    var holding = Holding()
    var idleApprovals = IdleApprovals()
    var stopLosses = StopLossLog()
    var returns = ReturnSeries()
    /// Kept only where the slippage check asks for it.
    var book: OrderBook?

    init(_ instrument: Instrument, _ limits: RiskLimits) {
        self.instrument = instrument
        for (index, group) in limits.groups.prefix(RiskGroup.countMax).enumerated()
        where group.instruments.contains(instrument) {
            facts.groups |= 1 << UInt64(index)
        }
    }

    /// The newest price that says what the position is worth; nil before any.
    var price: Price? {
        facts.quote.mark ?? (instrument.category == .spot ? facts.quote.last : nil) ?? holding.price
    }

    /// What the position can become at its worst, in money.
    func exposure(at now: UnixMilliseconds, _ limits: RiskLimits) throws(NumberError) -> Exposure {
        let reach = try holding.reach(at: now)
        let rate = facts.rules?.marginRate ?? limits.initialMarginRate
        var exposure = Exposure()
        guard !reach.isFlat else { return exposure }
        guard let newest = Price.higher(price, reach.price) else { throw NumberError.malformed }
        let worth = instrument.unitWorth(at: newest)
        exposure.gross = reach.gross.times(worth)
        exposure.upper = reach.upper.times(worth)
        exposure.lower = reach.lower.times(worth)
        exposure.margin = max(try exposure.gross.times(rate), try holding.margin)
        return exposure
    }

    /// Folds one book message in; of several depths only the deepest is kept.
    mutating func take(_ delta: borrowing OrderBookDelta) {
        if book == nil || delta.isSnapshot && delta.depth > (book?.depth ?? 0) {
            book = OrderBook(depth: delta.depth)
        }
        if book?.depth == delta.depth { book?.apply(delta) }
    }
}

/// What positions come to in money, live and unknown orders at their worst.
struct Exposure: Hashable {
    var gross = Money.zero
    /// Long less short, at the most that can be bought.
    var upper = Money.zero
    /// The same, at the most that can be sold.
    var lower = Money.zero
    var margin = Money.zero

    mutating func add(_ other: Exposure) throws(NumberError) {
        gross = try gross.adding(other.gross)
        upper = try upper.adding(other.upper)
        lower = try lower.adding(other.lower)
        margin = try margin.adding(other.margin)
    }
}

extension Price {
    /// The higher of two prices that may not be known.
    static func higher(_ left: Price?, _ right: Price?) -> Price? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }
}
