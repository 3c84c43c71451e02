/// What lay before an invented market: a day of minutes, before that a month of hours, before that a year of days.
struct PriceHistory: Sendable {
    static let minutes: Int64 = 1440
    static let hours: Int64 = 720
    static let days: Int64 = 400

    private let profile: SymbolProfile

    init(profile: SymbolProfile) {
        self.profile = profile
    }

    /// Finished candles of one length, oldest first, walked backwards from the price at their end.
    ///
    /// `swing` is the usual move of one candle as a fraction.
    func walk(
        _ count: Int64,
        of lengthMs: Int64,
        endingAt endMs: Int64,
        close last: Double,
        swing: Double,
        worth: Double,
        random: inout SeededRandom
    ) -> [Candle] {
        var candles: [Candle] = []
        var close = last
        var startMs = endMs - lengthMs
        for _ in 0..<count {
            let lean = (close / Double(profile.startPrice) - 1) * 0.01
            let open = close * (1 - swing * random.bell() - lean)
            let high = max(open, close) * (1 + swing * 0.6 * random.unit())
            let low = min(open, close) * (1 - swing * 0.6 * random.unit())
            let volume = profile.quantity(profile.steps(worth: worth * (0.15 + 0.9 * random.unit() * random.unit())))
            candles.append(
                Candle(
                    startMs: startMs,
                    open: price(open),
                    high: price(high),
                    low: price(low),
                    close: price(close),
                    volume: Int128(volume.units),
                    turnover: profile.spec.turnover(price((open + close) / 2), volume),
                    lastTradeMs: startMs + lengthMs - 1000
                )
            )
            close = open
            startMs -= lengthMs
        }
        return candles.reversed()
    }

    private func price(_ ticks: Double) -> Fixed { profile.price(max(1, Int64(ticks))) }
}
