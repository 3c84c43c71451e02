package import Contracts

/// Events of every topic, with every optional field in use somewhere: a new topic does not compile until it has one.
package enum Samples {
    /// One sample at least of each topic, in the order of the event map.
    package static var all: [AnyEvent] { Topic.allCases.flatMap(events(of:)) }

    /// The samples of one topic, never none.
    package static func events(of topic: Topic) -> [AnyEvent] {
        switch topic {
        case .controlCommand: controlCommand
        case .controlOutcome: controlOutcome
        case .controlState: controlState
        case .controlConfig: controlConfig
        case .controlRollbackModel: controlRollbackModel
        case .marketConnect: marketConnect
        case .marketDisconnect: marketDisconnect
        case .marketSubscribe: marketSubscribe
        case .marketConnected: marketConnected
        case .marketDisconnected: marketDisconnected
        case .marketError: marketError
        case .marketTicker: marketTicker
        case .marketTrade: marketTrade
        case .marketOrderbookDelta: marketOrderbookDelta
        case .marketKline: marketKline
        case .marketOi: marketOi
        case .marketFunding: marketFunding
        case .marketLiquidation: marketLiquidation
        case .marketInstrument: marketInstrument
        case .marketHealth: marketHealth
        case .marketClock: marketClock
        case .marketPriceLimit: marketPriceLimit
        case .marketAdlAlert: marketAdlAlert
        case .marketInsurance: marketInsurance
        case .marketExchangeStatus: marketExchangeStatus
        case .analyticsFeatures: analyticsFeatures
        case .analyticsContext: analyticsContext
        case .analyticsMarketDriftDetected: analyticsMarketDriftDetected
        case .strategyIntent: strategyIntent
        case .strategyState: strategyState
        case .strategyOverrun: strategyOverrun
        case .strategyScenarioEnabled: strategyScenarioEnabled
        case .strategyScenarioDisabled: strategyScenarioDisabled
        case .riskApprovedIntent: riskApprovedIntent
        case .riskRejectedIntent: riskRejectedIntent
        case .riskState: riskState
        case .execVenueReport: execVenueReport
        case .execReconciliation: execReconciliation
        case .execOrderEvent: execOrderEvent
        case .portfolioPositionUpdate: portfolioPositionUpdate
        case .portfolioAccountUpdate: portfolioAccountUpdate
        case .stateClock: stateClock
        case .stateSnapshotRequest: stateSnapshotRequest
        case .stateSnapshot: stateSnapshot
        case .stateRecovery: stateRecovery
        case .stateJournal: stateJournal
        case .errorEvent: errorEvent
        case .researchFeatureVectorRecorded: researchFeatureVectorRecorded
        case .researchOutcomeRecorded: researchOutcomeRecorded
        case .researchNewClusterFound: researchNewClusterFound
        case .researchCandidateScenarioBuilt: researchCandidateScenarioBuilt
        case .researchBacktestRequested: researchBacktestRequested
        case .researchBacktestCompleted: researchBacktestCompleted
        case .researchScenarioApproved: researchScenarioApproved
        case .researchScenarioRejected: researchScenarioRejected
        }
    }

    static let time: UnixMilliseconds = 1_700_000_000_123
    static let instrument: Instrument = {
        guard let instrument = Instrument("linear:BTCUSDT") else {
            preconditionFailure("it is an instrument")
        }
        return instrument
    }()
    static let rule = ScenarioRule(
        side: .buy,
        conditions: [FeatureCondition(feature: "atr", comparison: .above, threshold: 1e-12)],
        stopATR: 1.5,
        takeProfitATR: 0.1 + 0.2,
        holdBarsMax: 12
    )

    package static func meta(_ source: EventMeta.Source, _ correlationID: CorrelationID? = nil) -> EventMeta {
        EventMeta(source: source, ts: time, correlationID: correlationID)
    }
    static func price(_ units: Int64, _ scale: UInt8 = 2) -> Price { Price(units: units, scale: scale) }
    static func quantity(_ units: Int64, _ scale: UInt8 = 3) -> Quantity {
        Quantity(units: units, scale: scale)
    }
    static func money(_ units: Int128, _ scale: UInt8 = 8) -> Money { Money(units: units, scale: scale) }
    static func ratio(_ units: Int64, _ scale: UInt8 = 6) -> Ratio { Ratio(units: units, scale: scale) }
}
