import Contracts

/// When an event of a topic must be on disk.
package enum Durability: String, Hashable, Sendable, CaseIterable {
    /// Before anything that it allows leaves the process: an order, or an answer to an operator.
    case writeAhead
    /// With the others of its time, within the settings' `syncMillisecondsMax`.
    case grouped
}

/// How long an event of a topic is kept.
package enum Retention: String, Hashable, Sendable, CaseIterable {
    /// What was decided, done and paid: the settings' `retentionDays`.
    case long
    /// What can be had again, or only served its time: the settings' `marketRetentionDays`.
    case short
}

extension Topic {
    /// Control, risk, strategy and execution go ahead of what they allow; the market, and what follows from it, does
    /// not: nothing leaves the process because of it alone.
    package var durability: Durability {
        switch self {
        case .controlCommand, .controlOutcome, .controlState, .controlConfig, .controlRollbackModel,
            .strategyIntent, .strategyScenarioEnabled, .strategyScenarioDisabled,
            .riskApprovedIntent, .riskRejectedIntent, .riskState,
            .execVenueReport, .execReconciliation, .execOrderEvent,
            .stateSnapshotRequest, .stateSnapshot, .stateRecovery, .errorEvent:
            .writeAhead
        case .marketConnect, .marketDisconnect, .marketSubscribe, .marketConnected, .marketDisconnected,
            .marketError, .marketTicker, .marketTrade, .marketOrderbookDelta, .marketKline, .marketOi,
            .marketFunding, .marketLiquidation, .marketInstrument, .marketHealth, .marketClock,
            .marketPriceLimit,
            .marketAdlAlert, .marketInsurance, .marketExchangeStatus,
            .analyticsFeatures, .analyticsContext, .analyticsMarketDriftDetected,
            .strategyState, .strategyOverrun, .portfolioPositionUpdate, .portfolioAccountUpdate, .stateClock,
            .stateJournal, .researchFeatureVectorRecorded, .researchOutcomeRecorded, .researchNewClusterFound,
            .researchCandidateScenarioBuilt, .researchBacktestRequested, .researchBacktestCompleted,
            .researchScenarioApproved, .researchScenarioRejected:
            .grouped
        }
    }

    /// The data of the market and of analytics, the timers and superseded snapshots are the bulk and go first.
    package var retention: Retention {
        switch self {
        case .analyticsContext, .stateClock, .stateSnapshot: .short
        default: topicClass == .market ? .short : .long
        }
    }
}
