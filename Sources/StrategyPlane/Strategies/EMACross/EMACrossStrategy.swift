import Contracts

/// Long while the fast average is above the slow one, short or flat while it is below.
///
/// Its page, EMACross, tells when it works and what it never does.
struct EMACrossStrategy: Strategy {
    enum Stance: String, Codable, Sendable { case above, below }

    struct Memory: Codable {
        /// Nil before the first bar.
        var stance: Stance?
        /// Whether the regime kept it out where it would have entered.
        var isKeptOut = false
    }

    static let parameters: [StrategyParameter<Self>] = [
        .flag("allow_short", \.allowsShort, help: "whether it sells short while the fast average is below")
    ]

    private let mode: EMACrossMode
    private let regimes: RegimeFilter
    var allowsShort: Bool
    var memory = Memory()

    init(_ settings: EMACrossSettings) {
        mode = settings.mode
        allowsShort = settings.allowShort
        regimes = RegimeFilter(trends: settings.trends, volatilities: settings.volatilities)
    }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? {
        // Averages that touch have not crossed yet.
        guard let fast = bar.value(of: .emaFast), let slow = bar.value(of: .emaSlow), fast != slow else {
            return nil
        }
        let now: Stance = fast > slow ? .above : .below
        let before = memory.stance ?? firstStance(now, held: inputs.held)
        memory.stance = now
        if now == before, !(mode == .always && memory.isKeptOut) { return nil }
        return decision(now, fast: fast, slow: slow, inputs.context)
    }

    /// It follows the averages, not its position: after a stop it waits for the next cross.
    mutating func wentFlat() {}

    private mutating func decision(
        _ stance: Stance,
        fast: Double,
        slow: Double,
        _ context: MarketContext?
    ) -> StrategyDecision? {
        var reason = ReasonText("fast average ")
        reason.add(fast)
        reason.add(stance == .above ? " crossed above slow " : " crossed below slow ")
        reason.add(slow)
        let wasKeptOut = memory.isKeptOut
        memory.isKeptOut = false
        if stance == .below, !allowsShort { return .flat(reason.text) }
        if let refusal = regimes.refusal(context) {
            memory.isKeptOut = true
            if wasKeptOut { return nil }
            reason.add("; flat, for ")
            reason.add(refusal)
            return .flat(reason.text)
        }
        return .full(stance == .above ? .buy : .sell, reason: reason.text)
    }

    /// The stance taken for the one before the first bar; nil: there was none, so that the first bar decides.
    ///
    /// Where a position was found at the start, the averages once stood on its side: a cross may have been missed.
    private func firstStance(_ now: Stance, held: Quantity) -> Stance? {
        if mode == .always { return nil }
        return held.isZero ? now : held.isNegative ? .below : .above
    }
}
