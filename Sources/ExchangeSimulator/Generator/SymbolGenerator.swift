/// Invents the market of one symbol, step by step, from a seed alone.
///
/// A step either changes quotes (one message) or trades and changes the book (two messages).
struct SymbolGenerator: Sendable {
    private static let figuresPauseNs: Int64 = 200_000_000
    private static let fundingPauseNs: Int64 = 60_000_000_000
    private static let hourMs: Int64 = 3_600_000
    /// The chance of a burst of liquidations in one wild second, and the most in one burst.
    private static let burstChance = 0.25
    private static let burstMax: Int64 = 25

    let profile: SymbolProfile
    private(set) var regime: Regime
    private var random: SeededRandom
    private var book: SyntheticBook
    /// The price the market believes in, in ticks.
    private var fair: Double
    /// Volatility clusters: a multiplier round 1 that big moves raise and calm lets sink.
    private var excitement = 1.0
    /// Chance that a step trades; trades raise it (bursts), quiet lets it sink.
    private var eagerness = 0.25
    private var sequence: UInt64
    private var basis = 0.0
    private var openInterest: Int64
    private var funding = Fixed(units: 10_000)
    private var figuresNs: Int64 = 0
    private var fundingNs: Int64 = 0
    private let fundingHours: Int64
    /// Liquidations draw from a stream of their own, so that they do not change the price's path.
    private var misfortune: SeededRandom
    private var lastFair: Double

    init(_ listing: Listing, seed: UInt64, startNs: Int64) {
        profile = SymbolProfile(symbol: listing.symbol, category: listing.category)
        let name = listing.category == .linear ? listing.symbol : profile.spec.name
        random = SeededRandom(seed: SeededRandom.seed(seed, for: name))
        misfortune = SeededRandom(seed: SeededRandom.seed(seed &+ 1, for: name))
        fundingHours = profile.fundingHours
        fair = Double(profile.startPrice) * (1 + 0.004 * (random.unit() - 0.5))
        lastFair = fair
        book = SyntheticBook(profile: profile)
        sequence = 1_000_000 + UInt64(random.below(1_000_000))
        openInterest = profile.steps(worth: 2_000_000_000)
        regime = .drawn(after: nil, atNs: startNs, fair: fair, stretch: 0, random: &random)
    }

    /// The listing, what lay before the start, and the first whole book.
    mutating func opening(atNs: Int64) -> [Happening] {
        let timeMs = atNs / 1_000_000
        var past = SeededRandom(seed: random.next())
        let history = PriceHistory(profile: profile).tiers(beforeMs: timeMs, close: fair, random: &past)
        requote()
        return [.market(.listed(profile.spec))] + history + [
            .market(bookUpdate(isSnapshot: true, timeMs: timeMs)), .market(figures(atNs: atNs)),
        ]
    }

    /// The next step at `atNs`, `elapsed` seconds of market time wide per message; returns the messages made.
    mutating func step(
        atNs: Int64,
        secondsPerMessage: Double,
        tell: (Happening) -> Void
    ) -> Int64 {
        let trades = random.chance(eagerness)
        let seconds = secondsPerMessage * (trades ? 2 : 1)
        drift(atNs: atNs, seconds: seconds)
        let timeMs = atNs / 1_000_000
        if trades {
            eagerness = min(0.75, eagerness + 0.10)
            tell(.market(.trades(tradeBatch(timeMs: timeMs))))
        } else {
            eagerness = max(0.18, eagerness * 0.86)
            requote()
            book.churn(1 + random.below(4), random: &random)
        }
        tell(.market(bookUpdate(isSnapshot: false, timeMs: timeMs)))
        if atNs - figuresNs >= SymbolGenerator.figuresPauseNs { tell(.market(figures(atNs: atNs))) }
        if let burst = liquidations(timeMs: timeMs, seconds: seconds) {
            tell(.liquidations(symbol: profile.spec.name, burst, timeMs: timeMs))
        }
        return trades ? 2 : 1
    }

    private mutating func bookUpdate(isSnapshot: Bool, timeMs: Int64) -> MarketEvent {
        let (bids, asks) = book.takeChanges()
        return .book(
            BookUpdate(
                symbol: profile.spec.name,
                isSnapshot: isSnapshot,
                bids: bids.map(level),
                asks: asks.map(level),
                timeMs: timeMs,
                engineMs: timeMs,
                sequence: nextSequence()
            )
        )
    }

    /// In wild moods some positions are closed by force: longs when the price fell, shorts when it rose.
    private mutating func liquidations(timeMs: Int64, seconds: Double) -> [Liquidation]? {
        let fell = fair < lastFair
        lastFair = fair
        guard profile.spec.category != .spot, regime.kind == .volatile,
            misfortune.chance(SymbolGenerator.burstChance * seconds)
        else { return nil }
        return (0...misfortune.below(SymbolGenerator.burstMax)).map { _ in
            let distance = profile.ticksPerBasisPoint * (5 + 45 * misfortune.unit())
            let size = profile.steps(worth: 200 + 30_000 * misfortune.unit() * misfortune.unit())
            openInterest = max(1, openInterest - size)
            return Liquidation(
                timeMs: timeMs,
                wasLong: fell,
                price: profile.price(max(1, Int64(fell ? fair - distance : fair + distance))),
                quantity: profile.quantity(size)
            )
        }
    }

    // MARK: The price

    private mutating func drift(atNs: Int64, seconds: Double) {
        if atNs >= regime.untilNs {
            let stretch = fair / Double(profile.startPrice) - 1
            regime = .drawn(after: regime, atNs: atNs, fair: fair, stretch: stretch, random: &random)
        }
        let scale = profile.ticksPerBasisPoint
        let noise = random.bell()
        let pull = regime.pull(from: fair, atNs: atNs, seconds: seconds, ticksPerBasisPoint: scale)
        fair += scale * (pull + regime.volatility * excitement * noise * seconds.squareRoot())
        fair = max(Double(profile.startPrice) / 4, min(Double(profile.startPrice) * 4, fair))
        excitement +=
            0.4 * (1 - excitement) * min(1, seconds) + 0.12 * (abs(noise) - 0.8) * seconds.squareRoot()
        excitement = max(0.5, min(2.5, excitement))
    }

    /// Moves the quotes to where the fair price is now.
    private mutating func requote() {
        let wide = random.chance(regime.kind == .volatile ? 0.35 : 0.12)
        let spread = wide ? 2 + random.below(3) : 1
        let bid = Int64((fair - Double(spread) / 2).rounded(.down))
        guard let bestBid = book.bids.first, let bestAsk = book.asks.first else {
            book.move(bestBid: bid, bestAsk: bid + spread, random: &random)
            return
        }
        // A quote that already holds the fair price between its two sides is left alone most of the time.
        let holds = Double(bestBid.ticks) <= fair && fair <= Double(bestAsk.ticks)
        if holds, bestAsk.ticks - bestBid.ticks <= 4, random.chance(0.8) { return }
        book.move(bestBid: bid, bestAsk: bid + spread, random: &random)
    }

    // MARK: Trades

    private mutating func tradeBatch(timeMs: Int64) -> TradeBatch {
        let bestBid = book.bids.first?.ticks ?? 0
        let bestAsk = book.asks.first?.ticks ?? bestBid + 1
        let middle = Double(bestBid + bestAsk) / 2
        let lean = max(-1, min(1, (fair - middle) / max(1, profile.ticksPerBasisPoint * 0.4)))
        let takerBuys = random.chance(0.5 + 0.4 * lean)
        let prints = 1 + random.below(eagerness > 0.45 ? 5 : 2)
        let match = nextSequence()
        var trades: [Trade] = []
        for _ in 0..<prints {
            let (share, tail) = (random.unit(), random.unit())
            let wanted = profile.steps(
                worth: 60 + 9_000 * share * share * share + (tail > 0.985 ? 60_000 * share : 0)
            )
            guard let print = book.hit(takerBuys: takerBuys, steps: wanted) else { break }
            trades.append(
                Trade(
                    id: random.uuid(),
                    timeMs: timeMs,
                    price: profile.price(print.ticks),
                    quantity: profile.quantity(print.steps),
                    takerBuys: takerBuys,
                    sequence: match
                )
            )
            openInterest = max(1, openInterest + random.below(2 * print.steps + 1) - print.steps)
        }
        return TradeBatch(symbol: profile.spec.name, timeMs: timeMs, trades: trades)
    }

    // MARK: Figures

    private mutating func figures(atNs: Int64) -> MarketEvent {
        figuresNs = atNs
        basis = max(-6, min(6, basis * 0.99 + 0.15 * random.bell()))
        if atNs - fundingNs >= SymbolGenerator.fundingPauseNs {
            fundingNs = atNs
            funding = Fixed(units: max(-50_000, min(50_000, 10_000 + Int64(basis * 800) * 10)))
        }
        let timeMs = atNs / 1_000_000
        let intervalMs = fundingHours * SymbolGenerator.hourMs
        let index = Int64(fair - basis / 10 * profile.ticksPerBasisPoint)
        let figures = MarketFigures(
            mark: profile.price(Int64(fair)),
            index: profile.price(index),
            openInterest: profile.quantity(openInterest),
            fundingRate: funding,
            nextFundingMs: profile.spec.category == .spot ? 0 : (timeMs / intervalMs + 1) * intervalMs,
            fundingIntervalHours: fundingHours
        )
        return .figures(symbol: profile.spec.name, figures, timeMs: timeMs)
    }

    private func level(_ level: SyntheticBook.Level) -> BookLevel {
        BookLevel(price: profile.price(level.ticks), size: profile.quantity(level.steps))
    }

    private mutating func nextSequence() -> UInt64 {
        sequence += 1 + UInt64(random.below(4))
        return sequence
    }
}
