/// What lay before an invented market: a day of minutes, before that a month of hours, before that a year of days.
struct PriceHistory: Sendable {
    private static let minuteMs: Int64 = 60_000
    private static let hourMs: Int64 = 3_600_000
    private static let dayMs: Int64 = 86_400_000
    private static let daysOfHours: Int64 = 30
    private static let daysBefore: Int64 = 400

    private let profile: SymbolProfile

    init(profile: SymbolProfile) {
        self.profile = profile
    }

    /// Days, hours and minutes up to a moment; each kind ends on the hour or day at which the next begins.
    func tiers(beforeMs timeMs: Int64, close: Double, random: inout SeededRandom) -> [Happening] {
        let minutesEnd = timeMs / PriceHistory.minuteMs * PriceHistory.minuteMs
        let minutesStart = (minutesEnd - PriceHistory.dayMs) / PriceHistory.hourMs * PriceHistory.hourMs
        let minutes = walk(
            (minutesEnd - minutesStart) / PriceHistory.minuteMs,
            of: PriceHistory.minuteMs,
            endingAt: minutesEnd,
            close: close,
            swing: 0.0005,
            worth: 1_050_000,
            random: &random
        )
        let hoursStart =
            (minutesStart - PriceHistory.daysOfHours * PriceHistory.dayMs) / PriceHistory.dayMs
            * PriceHistory.dayMs
        let hours = walk(
            (minutesStart - hoursStart) / PriceHistory.hourMs,
            of: PriceHistory.hourMs,
            endingAt: minutesStart,
            close: minutes.first.map(ticks) ?? close,
            swing: 0.004,
            worth: 60_000_000,
            random: &random
        )
        let days = walk(
            PriceHistory.daysBefore,
            of: PriceHistory.dayMs,
            endingAt: hoursStart,
            close: hours.first.map(ticks) ?? close,
            swing: 0.02,
            worth: 1_400_000_000,
            random: &random
        )
        let name = profile.spec.name
        return [
            .past(symbol: name, days, length: .day), .past(symbol: name, hours, length: .hour1),
            .past(symbol: name, minutes, length: .minute1),
        ]
    }

    private func ticks(_ candle: Candle) -> Double {
        Double(candle.open.units) / Double(profile.spec.tick.units)
    }

    /// Finished candles of one length, oldest first, walked backwards from the price at their end.
    ///
    /// `swing` is the usual move of one candle as a fraction.
    private func walk(
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
            let volume = profile.quantity(
                profile.steps(worth: worth * (0.15 + 0.9 * random.unit() * random.unit()))
            )
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
