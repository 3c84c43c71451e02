/// The mood a market is in for some seconds: where it drifts to and how wildly.
struct Regime: Equatable, Sendable {
    enum Kind: CaseIterable, Sendable {
        case trendUp, trendDown, range, volatile
    }

    let kind: Kind
    let untilNs: Int64
    let startNs: Int64
    /// In basis points per second.
    let drift: Double
    /// In basis points per square root of a second.
    let volatility: Double
    /// Range only: the middle in ticks, half the width in basis points, and one swing's length.
    let centre: Double
    let amplitude: Double
    let periodNs: Int64

    /// The last trend up to and including this mood; trends take turns, so that no swing goes on for long.
    let isUpwardLast: Bool

    /// Draws the next mood.
    ///
    /// `stretch` is how far the price has strayed from its start (fraction): when the
    /// strayed market trends, it rather trends back.
    static func drawn(
        after last: Regime?,
        atNs: Int64,
        fair: Double,
        stretch: Double,
        random: inout SeededRandom
    ) -> Regime {
        let turns = random.chance(0.94)
        let strayed = abs(stretch) > 0.006
        let goesUp =
            strayed && random.chance(0.3) ? stretch < 0 : (last?.isUpwardLast ?? random.chance(0.5)) != turns
        let mood = random.unit()
        let kind: Kind = mood < 0.84 ? (goesUp ? .trendUp : .trendDown) : mood < 0.94 ? .range : .volatile
        let isTrend = kind == .trendUp || kind == .trendDown
        let seconds = isTrend ? 3.5 + random.unit() * 3 : 3 + random.unit() * 2
        let drift = isTrend ? (1.8 + random.unit() * 1.0) * (kind == .trendUp ? 1 : -1) : 0
        return Regime(
            kind: kind,
            untilNs: atNs + Int64(seconds * 1_000_000_000),
            startNs: atNs,
            drift: drift,
            volatility: kind == .volatile ? 2.2 : 0.5,
            centre: fair,
            amplitude: 3 + random.unit() * 3,
            periodNs: Int64((7 + random.unit() * 3) * 1_000_000_000),
            isUpwardLast: isTrend ? goesUp : last?.isUpwardLast ?? goesUp
        )
    }

    /// The expected move over `seconds`, in basis points.
    func pull(from fair: Double, atNs: Int64, seconds: Double, ticksPerBasisPoint: Double) -> Double {
        guard kind == .range else { return drift * seconds }
        // A triangle wave: up a quarter, down a half, up a quarter.
        let phase = Double((atNs - startNs) % periodNs) / Double(periodNs)
        let wave = phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4
        let goal = centre + wave * amplitude * ticksPerBasisPoint
        return (goal - fair) / ticksPerBasisPoint * min(1, 0.9 * seconds)
    }
}
