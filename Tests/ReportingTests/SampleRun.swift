import Contracts
import Performance

@testable import Reporting

/// An invented run: two years of five-minute bars, three hundred trades, the same for the same seed.
struct SampleRun {
    static let bars = 210_240
    static let barMilliseconds: Int64 = 300_000
    /// 2023-01-01 00:00 UTC.
    static let start: UnixMilliseconds = 1_672_531_200_000

    private var noise: Noise
    private let markets: [Market]
    private var trades: [RoundTrip] = []
    private var equity: [EquityPoint] = []
    private var exposure: [ExposurePoint] = []
    private var cash: Money = 100_000

    static func report(seed: UInt64 = 7, bars: Int = bars) throws -> RunReport {
        var run = try SampleRun(seed: seed, bars: bars)
        try run.trade(bars: bars)
        return try run.report(seed: seed)
    }

    private init(seed: UInt64, bars: Int) throws {
        var noise = Noise(state: seed)
        markets = try [("linear:BTCUSDT", 28_000.0), ("linear:ETHUSDT", 1_900.0)].map { name, price in
            guard let instrument = Instrument(name) else { throw NumberError.malformed }
            return Market(instrument: instrument, prices: noise.walk(from: price, steps: bars))
        }
        self.noise = noise
    }

    /// One trade after the other, with a pause before each; all of the equity's points on the way.
    private mutating func trade(bars: Int) throws {
        var bar = 0
        while true {
            let entry = bar + 1 + noise.whole(below: 660)
            let exit = entry + 6 + noise.whole(below: 720)
            guard exit < bars else { break }
            let market = markets[noise.whole(below: 3) / 2]
            let isUp = market.prices[exit] > market.prices[entry]
            let isLong = noise.fraction() < 0.55 ? isUp : !isUp
            try note(from: bar, to: entry, market, held: 0)
            let quantity = try Quantity(
                nearestTo: cash.approximate * (0.3 + 0.5 * noise.fraction()) / market.prices[entry],
                scale: 3
            )
            let trip = try market.trip(quantity, isLong: isLong, from: entry, to: exit, &noise)
            try note(
                from: entry,
                to: exit,
                market,
                held: isLong ? quantity.approximate : -quantity.approximate
            )
            cash = try cash.adding(trip.profit.net)
            trades.append(trip)
            bar = exit
        }
        try note(from: bar, to: bars, markets[0], held: 0)
    }

    private mutating func note(from first: Int, to last: Int, _ market: Market, held: Double) throws {
        for bar in first..<last {
            let time = Self.start + Int64(bar) * Self.barMilliseconds
            let value = cash.approximate + held * (market.prices[bar] - market.prices[first])
            equity.append(EquityPoint(time: time, equity: value))
            guard bar.isMultiple(of: 12) else { continue }
            let share = held * market.prices[bar] / value
            exposure.append(ExposurePoint(time: time, gross: abs(share), net: share))
        }
    }

    private func report(seed: UInt64) throws -> RunReport {
        var run = RunReport(
            title: "EMA cross and Donchian breakout on BTCUSDT and ETHUSDT",
            engineVersion: "tradebot 0.2.0",
            inputDigest: Noise.digest(1),
            seed: seed,
            currency: "USDT",
            startingEquity: 100_000,
            finalEquity: cash,
            performance: PerformanceReport(
                ReturnSeries(
                    equity: equity.map(\.equity),
                    periodsPerYear: ReturnSeries.periodsPerYear(milliseconds: Self.barMilliseconds)
                )
            )
        )
        run.equity = equity
        run.exposure = exposure
        run.trades = trades
        run.profit = try trades.reduce(ProfitParts()) { try $0.adding($1.profit) }
        try describe(&run)
        return run
    }
}

/// One instrument's invented prices.
struct Market {
    let instrument: Instrument
    let prices: [Double]

    func trip(
        _ quantity: Quantity,
        isLong: Bool,
        from entry: Int,
        to exit: Int,
        _ noise: inout Noise
    ) throws
        -> RoundTrip
    {
        let (bought, sold) = try (
            Price(nearestTo: prices[entry], scale: 1), Price(nearestTo: prices[exit], scale: 1)
        )
        let turnover = try bought.times(quantity).adding(sold.times(quantity))
        let gain = try sold.times(quantity).subtracting(bought.times(quantity))
        let best = prices[entry...exit].reduce((prices[entry], prices[entry])) {
            (min($0.0, $1), max($0.1, $1))
        }
        let (down, up) = (best.0 / prices[entry] - 1, best.1 / prices[entry] - 1)
        return RoundTrip(
            strategy: noise.whole(below: 5) < 3 ? "ema_cross" : "donchian_breakout",
            instrument: instrument,
            side: isLong ? .buy : .sell,
            entryTime: SampleRun.start + Int64(entry) * SampleRun.barMilliseconds,
            entryPrice: bought,
            exitTime: SampleRun.start + Int64(exit) * SampleRun.barMilliseconds,
            exitPrice: sold,
            quantity: quantity,
            profit: ProfitParts(
                price: isLong ? gain : try gain.negated(),
                fees: try turnover.times(Ratio(units: 55, scale: 5)).rounded(places: 6),
                funding: try bought.times(quantity).times(Ratio(units: Int64((exit - entry) / 2), scale: 6)),
                slippage: try turnover.times(Ratio(units: 1, scale: 5))
            ),
            barsHeld: exit - entry,
            excursion: RoundTrip.Excursion(favourable: isLong ? up : -down, adverse: isLong ? down : -up),
            exitReason: ["signal", "stop loss", "take profit", "time limit"][noise.whole(below: 4)]
        )
    }
}

/// A random source that a seed repeats (SplitMix64).
struct Noise {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, 1.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func whole(below bound: Int) -> Int { Int(fraction() * Double(bound)) }

    /// Prices with the volatility of a calm year and of a wild one, by turns.
    mutating func walk(from price: Double, steps: Int) -> [Double] {
        var (price, heat) = (price, 1.0)
        return (0..<steps).map { step in
            if step.isMultiple(of: 8_640) { heat = 0.5 + fraction() * 1.2 }
            price *= 1 + 0.0019 * heat * (fraction() + fraction() + fraction() - 1.5)
            return price
        }
    }

    /// Sixty-four hexadecimal digits.
    static func digest(_ seed: UInt64) -> String {
        var noise = Noise(state: seed)
        return (0..<64).map { _ in String(noise.whole(below: 16), radix: 16) }.joined()
    }
}
