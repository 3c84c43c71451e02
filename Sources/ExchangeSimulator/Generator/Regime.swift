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

    /// Draws the next mood. `stretch` is how far the price has strayed from its start (fraction): the
    /// further, the likelier a trend back.
    static func drawn(
        after last: Kind?, atNs: Int64, fair: Double, stretch: Double, random: inout SeededRandom
    ) -> Regime {
        let upward = max(0.1, min(0.9, 0.5 - stretch * 20))
        let kind: Kind
        switch (random.unit(), last) {
        case (..<0.60, .trendUp): kind = random.chance(0.75) ? .trendDown : .range
        case (..<0.60, .trendDown): kind = random.chance(0.75) ? .trendUp : .range
        case (..<0.60, _): kind = random.chance(upward) ? .trendUp : .trendDown
        case (..<0.82, _): kind = .range
        default: kind = .volatile
        }
        let isTrend = kind == .trendUp || kind == .trendDown
        let seconds = isTrend ? 5 + random.unit() * 9 : 6 + random.unit() * 10
        let drift = isTrend ? (0.8 + random.unit() * 0.9) * (kind == .trendUp ? 1 : -1) : 0
        return Regime(
            kind: kind,
            untilNs: atNs + Int64(seconds * 1_000_000_000),
            startNs: atNs,
            drift: drift,
            volatility: kind == .volatile ? 2.4 : isTrend ? 0.6 : 0.5,
            centre: fair,
            amplitude: 2 + random.unit() * 4,
            periodNs: Int64((8 + random.unit() * 6) * 1_000_000_000)
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
