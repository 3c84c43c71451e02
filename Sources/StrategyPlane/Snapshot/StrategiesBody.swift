import Contracts

/// All that the strategies' decisions to come depend on, as it is kept over a restart.
struct StrategiesBody: Codable {
    static let version = 1

    /// What became of one configured strategy.
    struct Configured: Codable {
        let strategy: StrategyID
        let isEnabled: Bool
        let offReason: String
        let changes: [ParameterChange]
    }

    /// One instrument.
    struct Instruments: Codable {
        let instrument: Instrument
        let baseSeconds: Int?
        let price: Price?
        let tickSize: Price?
        let context: MarketContext?
        let funding: FundingEvent?
        let positions: Positions
        let lastFill: UnixMilliseconds
        let drift: DriftMark?
        let seats: [Seat]
    }

    /// One strategy on one instrument.
    struct Seat: Codable {
        let strategy: StrategyID
        let version: Int
        let isEnabled: Bool
        let offReason: String
        let isLeaving: Bool
        let wanted: StrategyDecision?
        let settled: Ratio?
        let ask: Ask?
        let isUnfinished: Bool
        let held: Quantity
        let coolingBars: Int
        let isBarred: Bool
        let isRevised: Bool
        let isTurning: Bool
        let awaitsAccount: Bool
        let due: StrategySeat.Due?
        /// The strategy's own, as JSON.
        let memory: String
    }

    let equity: Money?
    let configured: [Configured]
    let scenarios: [ScenarioEnabled]
    let overruns: [OverrunTally]
    let instruments: [Instruments]
}
