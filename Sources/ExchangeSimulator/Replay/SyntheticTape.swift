/// Puts an invented book of 50 levels and more round trades that came without one.
struct SyntheticTape {
    let spec: InstrumentSpec
    private var profile: SymbolProfile
    private var book: SyntheticBook
    private var random: SeededRandom
    private var sequence: UInt64
    private var hasBook = false

    init(spec: InstrumentSpec, near price: Fixed) {
        self.spec = spec
        profile = SymbolProfile(spec: spec, startPrice: max(2, price.units / spec.tick.units))
        book = SyntheticBook(profile: profile)
        random = SeededRandom(seed: SeededRandom.seed(7, for: spec.symbol))
        sequence = 1_000_000
    }

    mutating func nextSequence() -> UInt64 {
        sequence += 1
        return sequence
    }

    mutating func uuid() -> String { random.uuid() }
    mutating func below(_ bound: Int64) -> Int64 { random.below(bound) }
    mutating func unit() -> Double { random.unit() }

    /// The book as it must have been just before this trade: its price is the best of the side it hits.
    mutating func quote(before trade: Trade) -> MarketEvent {
        let ticks = trade.price.units / spec.tick.units
        let bid = max(1, trade.takerBuys ? ticks - 1 : ticks)
        book.move(bestBid: bid, bestAsk: max(bid + 1, trade.takerBuys ? ticks : ticks + 1), random: &random)
        book.deepen(asks: trade.takerBuys, steps: trade.quantity.units / spec.step.units)
        book.churn(2, random: &random)
        book.deepen(asks: trade.takerBuys, steps: trade.quantity.units / spec.step.units)
        let (bids, asks) = book.takeChanges()
        defer { hasBook = true }
        return .book(
            BookUpdate(
                symbol: spec.symbol,
                isSnapshot: !hasBook,
                bids: bids.map(level),
                asks: asks.map(level),
                timeMs: trade.timeMs,
                engineMs: trade.timeMs,
                sequence: nextSequence()
            )
        )
    }

    /// Figures for a ticker where a recording has none: mark and index follow the last price.
    mutating func figures(at price: Fixed, timeMs: Int64) -> MarketEvent {
        let interval: Int64 = 28_800_000
        let openInterest = profile.steps(worth: 500_000_000) + random.below(profile.steps(worth: 500_000))
        return .figures(
            symbol: spec.symbol,
            MarketFigures(
                mark: price,
                index: price,
                openInterest: profile.quantity(openInterest),
                fundingRate: Fixed(units: 10_000),
                nextFundingMs: (timeMs / interval + 1) * interval
            ),
            timeMs: timeMs
        )
    }

    private func level(_ level: SyntheticBook.Level) -> BookLevel {
        BookLevel(price: profile.price(level.ticks), size: profile.quantity(level.steps))
    }
}
