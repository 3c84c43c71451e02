/// Where the invented market of one symbol starts, and how fine its grid is.
struct SymbolProfile: Equatable, Sendable {
    let spec: InstrumentSpec
    /// In ticks.
    let startPrice: Int64

    private static let known: [(symbol: String, price: Double, priceDecimals: Int, quantityDecimals: Int)] = [
        ("BTCUSDT", 64_000, 1, 3), ("ETHUSDT", 3_400, 2, 2), ("SOLUSDT", 150, 2, 1), ("XRPUSDT", 2.2, 4, 1),
        ("BNBUSDT", 600, 1, 2), ("DOGEUSDT", 0.16, 5, 0), ("ADAUSDT", 0.62, 4, 0), ("AVAXUSDT", 31, 3, 1),
        ("LINKUSDT", 15, 3, 1), ("DOTUSDT", 6.5, 4, 1), ("LTCUSDT", 85, 2, 1), ("WIFUSDT", 1.8, 4, 0),
    ]

    init(spec: InstrumentSpec, startPrice: Int64) {
        self.spec = spec
        self.startPrice = startPrice
    }

    /// A well-known coin gets its usual scale, any other one a scale drawn from its name.
    init(symbol: String, category: Category = .linear) {
        let coins = InstrumentSpec(symbol: symbol, priceDecimals: 0, quantityDecimals: 0).coins
        let alike = SymbolProfile.known.first { $0.symbol == symbol || $0.symbol == coins.base + "USDT" }
        var random = SeededRandom(seed: SeededRandom.seed(1, for: symbol))
        let priceDecimals = alike?.priceDecimals ?? Int(random.below(4)) + 1
        let linearSize = alike?.quantityDecimals ?? Int(random.below(3))
        let quantityDecimals =
            switch category {
            case .inverse: 0
            case .spot: min(6, linearSize + 2)
            default: linearSize
            }
        spec = InstrumentSpec(
            symbol: symbol,
            priceDecimals: priceDecimals,
            quantityDecimals: quantityDecimals,
            category: category
        )
        let drawn = 10_000 + random.below(60_000)
        startPrice =
            alike.map { Int64($0.price * Double(Fixed.powerOfTen(priceDecimals)) + 0.5) } ?? drawn
    }

    /// How often funding is settled: the big ones every eight hours, others more often.
    var fundingHours: Int64 {
        switch spec.coins.base {
        case "BTC", "ETH", "SOL": 8
        case "XRP", "BNB", "LTC": 4
        default: [8, 4, 2, 1][Int(SeededRandom.seed(2, for: spec.symbol) % 4)]
        }
    }

    /// One basis point of the starting price, in ticks.
    var ticksPerBasisPoint: Double { Double(startPrice) / 10_000 }

    /// How many steps of size are worth `notional` in the quote coin.
    func steps(worth notional: Double) -> Int64 {
        // Inverse sizes are dollars.
        guard spec.category != .inverse else { return max(1, Int64(notional)) }
        let price = Double(startPrice) / Double(Fixed.powerOfTen(spec.priceDecimals))
        return max(1, Int64(notional / price * Double(Fixed.powerOfTen(spec.quantityDecimals))))
    }

    func price(_ ticks: Int64) -> Fixed { Fixed(ticks, decimals: spec.priceDecimals) }
    func quantity(_ steps: Int64) -> Fixed { Fixed(steps, decimals: spec.quantityDecimals) }
}
