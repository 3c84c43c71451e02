import Contracts

/// Goes against a close beyond a band while the market ranges, and leaves at the middle.
///
/// Its page, BollingerReversion, tells when it works and what it never does.
struct BollingerStrategy: Strategy {
    struct Memory: Codable {
        /// Nil before the first bar.
        var stance: Stance?
        var stop: Double?
    }

    static let parameters: [StrategyParameter<Self>] = [
        .flag("allow_short", \.allowsShort, help: "whether it sells above the upper band"),
        .ratio("stop_atr", \.stopATR, in: 0...100, help: "the stop in average true ranges, 0: none"),
    ]

    private let regimes: RegimeFilter
    var allowsShort: Bool
    private var stopATR: Ratio
    var memory = Memory()

    init(_ settings: BollingerSettings) {
        allowsShort = settings.allowShort
        stopATR = settings.stopATR
        regimes = RegimeFilter(trends: settings.trends, volatilities: settings.volatilities)
    }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? {
        guard let upper = bar.value(of: .bollingerUpper), let lower = bar.value(of: .bollingerLower),
            let middle = bar.value(of: .bollingerMiddle)
        else { return nil }
        let stance = memory.stance ?? Stance(held: inputs.held)
        memory.stance = stance
        let close = bar.close.approximate
        switch stance {
        case .flat:
            guard inputs.entryBar == nil else { return nil }
            if close < lower {
                return enter(.buy, on: bar, close, " is below the lower band ", lower, inputs)
            }
            guard close > upper, allowsShort else { return nil }
            return enter(.sell, on: bar, close, " is above the upper band ", upper, inputs)
        case .long where close >= middle, .short where close <= middle:
            return leave("close back at the middle band")
        case .long, .short:
            return ATRStop.isReached(memory.stop, of: stance, by: bar) ? leave("stop reached") : nil
        }
    }

    mutating func wentFlat() {
        memory.stance = .flat
        memory.stop = nil
    }

    private mutating func enter(
        _ side: Side,
        on bar: FeatureSet,
        _ close: Double,
        _ what: StaticString,
        _ level: Double,
        _ inputs: StrategyInputs
    ) -> StrategyDecision? {
        guard regimes.refusal(inputs.context) == nil else { return nil }
        memory.stance = Stance(side)
        memory.stop = bar.value(of: .atr).flatMap {
            ATRStop.level(side, from: close, multiple: stopATR.approximate, atr: $0)
        }
        var reason = ReasonText("close ")
        reason.add(close)
        reason.add(what)
        reason.add(level)
        return .full(side, stop: memory.stop, reason: reason.text)
    }

    private mutating func leave(_ why: String) -> StrategyDecision {
        wentFlat()
        return .flat(why)
    }
}
