import Contracts

/// Holds the side that receives funding while the rate is worth it.
///
/// Its page, FundingCarry, tells when it works and what it never does.
struct FundingCarryStrategy: Strategy {
    struct Memory: Codable {
        /// Nil before the first bar.
        var stance: Stance?
    }

    static let parameters: [StrategyParameter<Self>] = [
        .flag("allow_short", \.allowsShort, help: "whether it sells short to receive"),
        .ratio("entry_rate", \.entryRate, in: 0...1, help: "the rate from which on it enters"),
        .ratio("exit_rate", \.exitRate, in: 0...1, help: "the rate below which it leaves"),
        .count(
            "settlement_minutes_min",
            \.settlementMinutesMin,
            in: 0...1_440,
            help: "the least minutes to the settlement at an entry"
        ),
        .count(
            "settlement_minutes_max",
            \.settlementMinutesMax,
            in: 0...1_440,
            help: "the most minutes to the settlement at an entry"
        ),
    ]

    var allowsShort: Bool
    private var entryRate: Ratio
    private var exitRate: Ratio
    private var settlementMinutesMin: Int
    private var settlementMinutesMax: Int
    var memory = Memory()

    init(_ settings: FundingCarrySettings) {
        allowsShort = settings.allowShort
        entryRate = settings.entryRate
        exitRate = settings.exitRate
        settlementMinutesMin = settings.settlementMinutesMin
        settlementMinutesMax = settings.settlementMinutesMax
    }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? {
        let stance = memory.stance ?? Stance(held: inputs.held)
        memory.stance = stance
        guard let funding = inputs.funding else { return nil }
        let receiving: Side = funding.rate.isNegative ? .buy : .sell
        if stance == Stance(receiving) {
            guard isBelow(funding.rate, exitRate) else { return nil }
            memory.stance = .flat
            return .flat("funding rate \(funding.rate) is below \(exitRate)")
        }
        if inputs.entryBar == nil, mayEnter(receiving, funding, at: bar.barEnd) {
            memory.stance = Stance(receiving)
            return .full(receiving, reason: "funding rate \(funding.rate) is paid to this side")
        }
        guard stance != .flat else { return nil }
        memory.stance = .flat
        return .flat("funding rate \(funding.rate) is paid by this side")
    }

    mutating func wentFlat() { memory.stance = .flat }

    private func mayEnter(_ side: Side, _ funding: FundingEvent, at now: UnixMilliseconds) -> Bool {
        guard !funding.rate.isZero, side == .buy || allowsShort, !isBelow(funding.rate, entryRate),
            let settlement = funding.nextFundingTime
        else { return false }
        let minutes = Int64(60_000)
        return settlement - now >= Int64(settlementMinutesMin) * minutes
            && settlement - now <= Int64(settlementMinutesMax) * minutes
    }

    /// Whether the rate, whatever its sign, is below `limit`.
    private func isBelow(_ rate: Ratio, _ limit: Ratio) -> Bool {
        guard rate.isNegative else { return rate < limit }
        guard let magnitude = try? rate.magnitude else { return false }
        return magnitude < limit
    }
}
