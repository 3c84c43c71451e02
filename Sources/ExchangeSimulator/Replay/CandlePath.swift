/// Turns one candle into trades whose own candle is exactly that one: open, the extremes, close.
enum CandlePath {
    static let stepsPerMinute: Int64 = 12
    static let stepsMax: Int64 = 60
    private static let corners = 4

    /// A rising candle visits its low first, a falling one its high.
    static func trades(of candle: Candle, lengthMs: Int64, tape: inout SyntheticTape) -> [Trade] {
        let step = tape.spec.step.units
        let volumeSteps = Int64(clamping: candle.volume / Int128(step))
        let rises = candle.close >= candle.open
        if volumeSteps == 0, candle.high == candle.low { return [] }
        let wanted = max(Int64(corners), min(stepsMax, stepsPerMinute * lengthMs / 60_000))
        let count = volumeSteps >= wanted ? wanted : Int64(corners)
        let turns = [
            candle.open, rises ? candle.low : candle.high, rises ? candle.high : candle.low, candle.close,
        ]
        let share = max(1, volumeSteps / count)
        var trades: [Trade] = []
        var last = candle.open
        for index in 0..<count {
            let price = price(at: index, of: count, turns: turns, candle: candle, tape: &tape)
            let rest = max(1, volumeSteps - share * (count - 1))
            let quantity = index == count - 1 ? rest : share
            trades.append(
                Trade(
                    id: tape.uuid(),
                    timeMs: candle.startMs + index * (lengthMs - 1) / (count - 1),
                    price: price,
                    quantity: Fixed(units: quantity * step),
                    takerBuys: price == last ? rises : price > last,
                    sequence: tape.nextSequence()
                )
            )
            last = price
        }
        return trades
    }

    /// A straight line between the turns with some noise, on the grid and never beyond the extremes.
    private static func price(
        at index: Int64,
        of count: Int64,
        turns: [Fixed],
        candle: Candle,
        tape: inout SyntheticTape
    ) -> Fixed {
        let legs = Int64(turns.count - 1)
        let leg = Int(min(legs - 1, index * legs / (count - 1)))
        let first = (Int64(leg) * (count - 1) + legs - 1) / legs
        let last = (Int64(leg + 1) * (count - 1) + legs - 1) / legs
        if index == first { return turns[leg] }
        if index >= last { return turns[leg + 1] }
        let tick = tape.spec.tick.units
        let (from, to) = (turns[leg].units / tick, turns[leg + 1].units / tick)
        let straight = from + (to - from) * (index - first) / (last - first)
        let noise = tape.below(abs(to - from) / 4 + 1) - abs(to - from) / 8
        let ticks = max(candle.low.units / tick, min(candle.high.units / tick, straight + noise))
        return Fixed(units: ticks * tick)
    }
}
