import Contracts

/// Long when the fast average crosses above the slow one, short or flat when it crosses below.
struct EMACrossStrategy: Strategy {
    private enum Stance: Sendable { case above, below }

    private let settings: EMACrossSettings
    private let short: Money
    private var stance: Stance?

    /// Nil where the notional has no negative.
    init?(settings: EMACrossSettings) {
        guard let short = try? settings.notional.negated() else { return nil }
        self.settings = settings
        self.short = short
    }

    var id: StrategyID { settings.id }
    var version: Int { settings.version }
    var isShadow: Bool { false }
    var obeysDrift: Bool { false }

    mutating func decide(on inputs: StrategyInputs) -> StrategyDecision? {
        let (fast, slow) = (inputs.features[.emaFast], inputs.features[.emaSlow])
        // Averages that touch have not crossed yet.
        guard inputs.features.isWarm, fast != slow else { return nil }
        let now: Stance = fast > slow ? .above : .below
        let before = stance ?? firstStance(now, held: inputs.held)
        stance = now
        guard now != before else { return nil }
        let averages = "fast average \(Self.text(fast)) crossed \(now) slow \(Self.text(slow))"
        if now == .below, !settings.allowShort { return StrategyDecision(target: .zero, reason: averages) }
        if let why = regimeRefusal(inputs.context) {
            return StrategyDecision(target: .zero, reason: "\(averages); flat, for \(why)")
        }
        return StrategyDecision(target: now == .above ? settings.notional : short, reason: averages)
    }

    /// Where a position was found at the start, the averages once stood on its side: a cross may have been missed.
    private func firstStance(_ now: Stance, held: Quantity) -> Stance {
        held.isZero ? now : held.isNegative ? .below : .above
    }

    private func regimeRefusal(_ context: MarketContext?) -> String? {
        guard !settings.trends.isEmpty || !settings.volatilities.isEmpty else { return nil }
        guard let context else { return "the regime is not known" }
        if !settings.trends.isEmpty, !settings.trends.contains(context.trend) {
            return "the trend is \(context.trend.rawValue)"
        }
        if !settings.volatilities.isEmpty, !settings.volatilities.contains(context.volatility) {
            return "the volatility is \(context.volatility.rawValue)"
        }
        return nil
    }

    private static func text(_ average: Double) -> String {
        (try? Price(nearestTo: average, scale: 4))?.description ?? "\(average)"
    }
}
