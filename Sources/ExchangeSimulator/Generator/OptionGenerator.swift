import Glibc

/// Invents the market of one option: its price follows the underlying by the usual formula.
///
/// All options of one base coin see the same underlying, because each computes it from the same seed.
struct OptionGenerator: Sendable {
    private static let figuresPauseNs: Int64 = 1_000_000_000
    private static let tradeChance = 0.15

    private let profile: SymbolProfile
    private let terms: OptionTerms
    private var underlying: UnderlyingWalk
    private var random: SeededRandom
    private var book: SyntheticBook
    private var sequence: UInt64
    private var openInterest: Int64
    private var volatility: Double
    private var figuresNs: Int64 = 0

    init?(_ symbol: String, seed: UInt64, startNs: Int64) {
        guard let terms = OptionTerms(symbol: symbol) else { return nil }
        self.terms = terms
        underlying = UnderlyingWalk(base: terms.base, seed: seed, startNs: startNs)
        random = SeededRandom(seed: SeededRandom.seed(seed, for: "option:" + symbol))
        volatility = 0.45 + 0.1 * random.unit()
        let price = OptionPrice(
            terms: terms,
            underlying: underlying.price,
            volatility: volatility,
            atNs: startNs
        )
        let decimals = underlying.price > 10_000 ? 0 : underlying.price > 1000 ? 1 : 3
        let spec = InstrumentSpec(
            symbol: symbol,
            priceDecimals: decimals,
            quantityDecimals: terms.base == "BTC" ? 2 : 1,
            category: .option
        )
        profile = SymbolProfile(
            spec: spec,
            startPrice: max(20, Int64(price.value * Double(Fixed.powerOfTen(decimals))))
        )
        book = SyntheticBook(profile: profile)
        sequence = 1_000_000 + UInt64(random.below(1_000_000))
        openInterest = 1000 + random.below(100_000)
    }

    mutating func opening(atNs: Int64) -> [MarketEvent] {
        requote(atNs: atNs)
        return [
            .listed(profile.spec), bookUpdate(isSnapshot: true, timeMs: atNs / 1_000_000),
            figures(atNs: atNs),
        ]
    }

    mutating func step(atNs: Int64, tell: (MarketEvent) -> Void) {
        underlying.advance(toNs: atNs)
        let timeMs = atNs / 1_000_000
        requote(atNs: atNs)
        if random.chance(OptionGenerator.tradeChance), let batch = trade(timeMs: timeMs) {
            // The book that is hit must be known before the trade.
            tell(bookUpdate(isSnapshot: false, timeMs: timeMs))
            tell(.trades(batch))
        } else {
            book.churn(1 + random.below(3), random: &random)
            tell(bookUpdate(isSnapshot: false, timeMs: timeMs))
        }
        if atNs - figuresNs >= OptionGenerator.figuresPauseNs { tell(figures(atNs: atNs)) }
    }

    // MARK: Private

    private func price(atNs: Int64) -> OptionPrice {
        OptionPrice(terms: terms, underlying: underlying.price, volatility: volatility, atNs: atNs)
    }

    private mutating func requote(atNs: Int64) {
        let scale = Double(Fixed.powerOfTen(profile.spec.priceDecimals))
        let fair = max(2, price(atNs: atNs).value * scale)
        let half = max(1, fair * 0.01)
        if let bid = book.bids.first, let ask = book.asks.first,
            Double(bid.ticks) < fair, fair < Double(ask.ticks), Double(ask.ticks - bid.ticks) < 4 * half
        {
            return
        }
        let bid = max(1, Int64(fair - half))
        book.move(bestBid: bid, bestAsk: max(bid + 1, Int64(fair + half)), random: &random)
    }

    private mutating func trade(timeMs: Int64) -> TradeBatch? {
        let takerBuys = random.chance(0.5)
        let wanted = 1 + random.below(100)
        guard let print = book.hit(takerBuys: takerBuys, steps: wanted) else { return nil }
        openInterest = max(1, openInterest + random.below(2 * print.steps + 1) - print.steps)
        sequence += 1
        return TradeBatch(
            symbol: profile.spec.name,
            timeMs: timeMs,
            trades: [
                Trade(
                    id: random.uuid(),
                    timeMs: timeMs,
                    price: profile.price(print.ticks),
                    quantity: profile.quantity(print.steps),
                    takerBuys: takerBuys,
                    sequence: sequence
                )
            ]
        )
    }

    private mutating func bookUpdate(isSnapshot: Bool, timeMs: Int64) -> MarketEvent {
        let (bids, asks) = book.takeChanges()
        sequence += 1 + UInt64(random.below(4))
        return .book(
            BookUpdate(
                symbol: profile.spec.name,
                isSnapshot: isSnapshot,
                bids: bids.map(level),
                asks: asks.map(level),
                timeMs: timeMs,
                engineMs: timeMs,
                sequence: sequence
            )
        )
    }

    private mutating func figures(atNs: Int64) -> MarketEvent {
        figuresNs = atNs
        volatility = max(0.2, min(1.2, volatility + 0.002 * random.bell()))
        let now = price(atNs: atNs)
        let spot = OptionGenerator.fixed(underlying.price)
        return .figures(
            symbol: profile.spec.name,
            MarketFigures(
                mark: OptionGenerator.fixed(now.value),
                index: spot,
                openInterest: profile.quantity(openInterest),
                fundingRate: .zero,
                nextFundingMs: 0,
                option: OptionFigures(
                    underlying: spot,
                    markVolatility: OptionGenerator.fixed(volatility),
                    bidVolatility: OptionGenerator.fixed(volatility - 0.01),
                    askVolatility: OptionGenerator.fixed(volatility + 0.01),
                    delta: OptionGenerator.fixed(now.delta),
                    gamma: OptionGenerator.fixed(now.gamma),
                    vega: OptionGenerator.fixed(now.vega),
                    theta: OptionGenerator.fixed(now.theta)
                )
            ),
            timeMs: atNs / 1_000_000
        )
    }

    private func level(_ level: SyntheticBook.Level) -> BookLevel {
        BookLevel(price: profile.price(level.ticks), size: profile.quantity(level.steps))
    }

    private static func fixed(_ value: Double) -> Fixed {
        Fixed(units: Int64((value * Double(Fixed.unitsPerOne)).rounded()))
    }
}

/// The price of an option's base coin: a walk in equal steps, so that everyone who asks sees the same.
struct UnderlyingWalk: Sendable {
    private static let stepNs: Int64 = 200_000_000

    private(set) var price: Double
    private let start: Double
    private var atNs: Int64
    private var random: SeededRandom

    init(base: String, seed: UInt64, startNs: Int64) {
        let profile = SymbolProfile(symbol: base + "USDT")
        start = Double(profile.startPrice) / Double(Fixed.powerOfTen(profile.spec.priceDecimals))
        (price, atNs) = (start, startNs)
        random = SeededRandom(seed: SeededRandom.seed(seed, for: "underlying:" + base))
    }

    mutating func advance(toNs: Int64) {
        while atNs + UnderlyingWalk.stepNs <= toNs {
            atNs += UnderlyingWalk.stepNs
            price *= 1 + 0.000_04 * random.bell() - 0.000_002 * (price / start - 1)
        }
    }
}

/// An option's value and sensitivities by Black and Scholes, without interest.
struct OptionPrice: Equatable {
    let value: Double
    let delta: Double
    let gamma: Double
    let vega: Double
    let theta: Double

    private static let yearMs = 31_536_000_000.0

    init(terms: OptionTerms, underlying: Double, volatility: Double, atNs: Int64) {
        let years = max(1e-6, (Double(terms.expiryMs) - Double(atNs) / 1_000_000) / OptionPrice.yearMs)
        let strike = Double(terms.strike)
        let spread = volatility * years.squareRoot()
        let first = (log(underlying / strike) + spread * spread / 2) / spread
        let second = first - spread
        let density = exp(-first * first / 2) / (2 * Double.pi).squareRoot()
        if terms.isCall {
            value = underlying * OptionPrice.normal(first) - strike * OptionPrice.normal(second)
            delta = OptionPrice.normal(first)
        } else {
            value = strike * OptionPrice.normal(-second) - underlying * OptionPrice.normal(-first)
            delta = OptionPrice.normal(first) - 1
        }
        gamma = density / (underlying * spread)
        vega = underlying * density * years.squareRoot() / 100
        theta = -underlying * density * volatility / (2 * years.squareRoot()) / 365
    }

    private static func normal(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }
}
