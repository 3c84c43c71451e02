import Contracts

/// Goes with a close beyond the channel that the bars before it made.
///
/// Its page, DonchianBreakout, tells when it works and what it never does.
struct DonchianStrategy: Strategy {
    struct Channel: Codable {
        let upper: Double
        let lower: Double

        var middle: Double { (upper + lower) / 2 }
    }

    struct Memory: Codable {
        /// Of the bar before; a bar's own channel contains it, and cannot be broken by it.
        var channel: Channel?
        /// Nil before the first bar.
        var stance: Stance?
        var stop: Double?
    }

    static let parameters: [StrategyParameter<Self>] = [
        .flag("allow_short", \.allowsShort, help: "whether a break downwards sells short"),
        .choice("exit", \.exit, help: "where it leaves: middle or opposite"),
        .ratio("stop_atr", \.stopATR, in: 0...100, help: "the stop in average true ranges, 0: none"),
    ]

    var allowsShort: Bool
    private var exit: DonchianExit
    private var stopATR: Ratio
    var memory = Memory()

    init(_ settings: DonchianSettings) {
        allowsShort = settings.allowShort
        exit = settings.exit
        stopATR = settings.stopATR
    }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? {
        guard let upper = bar.value(of: .donchianUpper), let lower = bar.value(of: .donchianLower) else {
            memory.channel = nil
            return nil
        }
        let before = memory.channel
        memory.channel = Channel(upper: upper, lower: lower)
        let stance = memory.stance ?? Stance(held: inputs.held)
        memory.stance = stance
        guard let before else { return nil }
        let close = bar.close.approximate
        if close > before.upper, stance != .long, inputs.entryBar == nil {
            return enter(.buy, on: bar, close, "broke above ", before.upper)
        }
        if close < before.lower, stance != .short, allowsShort, inputs.entryBar == nil {
            return enter(.sell, on: bar, close, "broke below ", before.lower)
        }
        return leave(stance, on: bar, close, before)
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
        _ level: Double
    ) -> StrategyDecision {
        memory.stance = Stance(side)
        memory.stop = bar.value(of: .atr).flatMap {
            ATRStop.level(side, from: close, multiple: stopATR.approximate, atr: $0)
        }
        var reason = ReasonText("close ")
        reason.add(close)
        reason.add(" ")
        reason.add(what)
        reason.add(level)
        return .full(side, stop: memory.stop, reason: reason.text)
    }

    private mutating func leave(
        _ stance: Stance,
        on bar: FeatureSet,
        _ close: Double,
        _ channel: Channel
    ) -> StrategyDecision? {
        let why: String
        switch stance {
        case .flat: return nil
        case .long where close < (exit == .middle ? channel.middle : channel.lower),
            .short where close > (exit == .middle ? channel.middle : channel.upper):
            why = "close back at the channel's \(exit == .middle ? "middle" : "other side")"
        case .long, .short:
            guard ATRStop.isReached(memory.stop, of: stance, by: bar) else { return nil }
            why = "stop reached"
        }
        wentFlat()
        return .flat(why)
    }
}
