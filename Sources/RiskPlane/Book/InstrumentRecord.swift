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
    /// How far the position can get, and what that is worth, as of the newest look; nil where it cannot be computed.
    private(set) var reach: Reach? = Reach()
    private(set) var exposure: Exposure? = Exposure()
    private var knownUntil = UnixMilliseconds.min

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

    /// Says that something has changed of which reach and exposure are made.
    mutating func touch() { knownUntil = .min }

    /// Computes reach and exposure anew where something or the time has changed them.
    mutating func look(at now: UnixMilliseconds, _ limits: RiskLimits) {
        guard now >= knownUntil else { return }
        (reach, exposure) = (nil, nil)
        do throws(NumberError) {
            try holding.expire(at: now)
            let reach = try holding.reach(at: now)
            self.reach = reach
            exposure = try worth(of: reach, limits)
        } catch {
            // Nobody can tell what it comes to; who needs it refuses.
        }
        knownUntil = holding.changesAt(after: now)
    }

    private func worth(of reach: Reach, _ limits: RiskLimits) throws(NumberError) -> Exposure {
        guard !reach.isFlat else { return Exposure() }
        guard let newest = Price.higher(price, reach.price) else { throw .malformed }
        let worth = instrument.unitWorth(at: newest)
        let gross = reach.gross.times(worth)
        let margin = try gross.times(facts.rules?.marginRate ?? limits.initialMarginRate)
        return Exposure(
            gross: gross,
            upper: reach.upper.times(worth),
            lower: reach.lower.times(worth),
            margin: max(margin, try holding.margin)
        )
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
