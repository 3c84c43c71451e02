// Generated from Sources/Contracts/EventMap/event-map.tsv by `make event-map`. Do not edit.

/// The event map: every topic of the bus, by the canon's name.
package enum Topic: String, Codable, Hashable, Sendable, CaseIterable {
    /// A command with typed parameters, its actor (uid, gid, pid, role) and a reason.
    case controlCommand = "control:command"
    /// Accepted or refused with a reason, what changed; the command's correlation id.
    case controlOutcome = "control:outcome"
    /// Lifecycle, paused, mode, connections, since, last error.
    case controlState = "control:state"
    /// Old and new hash, the keys that changed live, the keys that wait for a restart.
    case controlConfig = "control:config"
    /// Which scenario, to which version, why.
    case controlRollbackModel = "control:rollbackModel"
    /// Venue, category.
    case marketConnect = "market:connect"
    /// Why.
    case marketDisconnect = "market:disconnect"
    /// Instruments and streams.
    case marketSubscribe = "market:subscribe"
    /// Connection id, attempt.
    case marketConnected = "market:connected"
    /// Connection id, reason, will retry in.
    case marketDisconnected = "market:disconnected"
    /// Connection id, what broke, why, will retry in.
    case marketError = "market:error"
    /// Last, mark and index price, best bid and ask, 24 h figures.
    case marketTicker = "market:ticker"
    /// One public trade.
    case marketTrade = "market:trade"
    /// A book snapshot or the levels that changed.
    case marketOrderbookDelta = "market:orderbook_delta"
    /// One candle, open or confirmed.
    case marketKline = "market:kline"
    /// Open interest, in base and value.
    case marketOi = "market:oi"
    /// The coming settlement's rate and time.
    case marketFunding = "market:funding"
    /// One liquidation.
    case marketLiquidation = "market:liquidation"
    /// Tick, step, least and most quantity, least notional, leverage, status.
    case marketInstrument = "market:instrument"
    /// Per instrument: fresh, stale or resyncing, with its age.
    case marketHealth = "market:health"
    /// Offset to the exchange's clock and its error bound.
    case marketClock = "market:clock"
    /// Highest bid and lowest ask that the exchange accepts.
    case marketPriceLimit = "market:price_limit"
    /// Auto-deleveraging alert of an insurance pool.
    case marketAdlAlert = "market:adl_alert"
    /// An insurance pool's balance.
    case marketInsurance = "market:insurance"
    /// Announced maintenance.
    case marketExchangeStatus = "market:exchange_status"
    /// Instrument, schema version, values, warm-up flag.
    case analyticsFeatures = "analytics:features"
    /// Regime with confidence and since when.
    case analyticsContext = "analytics:context"
    /// Features, statistic, threshold, windows, severity.
    case analyticsMarketDriftDetected = "analytics:marketDriftDetected"
    /// Target exposure with constraints, strategy and version, reason.
    case strategyIntent = "strategy:intent"
    /// Phase of one strategy on one instrument, whether it is enabled, why.
    case strategyState = "strategy:state"
    /// A decision took longer than its budget; a root event.
    case strategyOverrun = "strategy:overrun"
    /// Scenario id, version, stage, rule, allocation, why.
    case strategyScenarioEnabled = "strategy:scenarioEnabled"
    /// Scenario id, why.
    case strategyScenarioDisabled = "strategy:scenarioDisabled"
    /// Approved position with every check's verdict.
    case riskApprovedIntent = "risk:approved_intent"
    /// The check that failed, its limit and the value.
    case riskRejectedIntent = "risk:rejected_intent"
    /// Exposure, cooldowns, halted or not.
    case riskState = "risk:state"
    /// What a venue said, as it said it.
    case execVenueReport = "exec:venue_report"
    /// Clean, or the differences with the policy applied.
    case execReconciliation = "exec:reconciliation"
    /// Order state machine step, fill, fee, liquidity.
    case execOrderEvent = "exec:order_event"
    /// Quantity, entry, realised and unrealised profit, fees, funding.
    case portfolioPositionUpdate = "portfolio:position_update"
    /// Equity, available, margin.
    case portfolioAccountUpdate = "portfolio:account_update"
    /// A timer's due time; a root event, so a replay fires the same timers.
    case stateClock = "state:clock"
    /// Every part is asked to tell its whole state.
    case stateSnapshotRequest = "state:snapshot_request"
    /// One plane's state with its version.
    case stateSnapshot = "state:snapshot"
    /// Recovery requested, one plane's restored state, done or failed.
    case stateRecovery = "state:recovery"
    /// How the journal gets on with its disk, and whether that allows trading; a root event.
    case stateJournal = "state:journal"
    /// Module, severity, what, why, what next.
    case errorEvent = "error:event"
    /// One feature vector with its schema version.
    case researchFeatureVectorRecorded = "research:featureVectorRecorded"
    /// Triple-barrier label, forward returns, excursions.
    case researchOutcomeRecorded = "research:outcomeRecorded"
    /// Centroid, size, outcome statistics, stability.
    case researchNewClusterFound = "research:newClusterFound"
    /// Rule, parameters, training window.
    case researchCandidateScenarioBuilt = "research:candidateScenarioBuilt"
    /// Scenario, data window, costs, seed.
    case researchBacktestRequested = "research:backtestRequested"
    /// Metrics in and out of sample.
    case researchBacktestCompleted = "research:backtestCompleted"
    /// Gates passed, with figures.
    case researchScenarioApproved = "research:scenarioApproved"
    /// Gates failed, with figures.
    case researchScenarioRejected = "research:scenarioRejected"
}

/// The modules that publish and subscribe.
package enum Module: String, Codable, Hashable, Sendable, CaseIterable {
    case controlBridge
    case orchestrator
    case strategyManager
    case riskManager
    case logger
    case executionEngine
    case positionManager
    case serviceReporter
    case researchOrchestrator
    case marketGateway
    case feedMonitor
    case featureEngine
    case paperVenue
    case contextBuilder
    case featureRecorder
    case driftDetector
    case decisionStopwatch
    case kernelHost
    case stateStore
    case eventJournal
    case researchRunner
    case featureStore
    case outcomeEngine
    case backtestHost
}

/// How a topic is treated where a queue is full.
package enum TopicClass: Sendable {
    /// May be refused when a queue is full: counted, and healed by a resync.
    case market
    /// Has reserved room and is never refused.
    case control
}

extension Topic {
    /// The topic's place in the event map, from 0.
    package var index: Int {
        switch self {
        case .controlCommand: 0
        case .controlOutcome: 1
        case .controlState: 2
        case .controlConfig: 3
        case .controlRollbackModel: 4
        case .marketConnect: 5
        case .marketDisconnect: 6
        case .marketSubscribe: 7
        case .marketConnected: 8
        case .marketDisconnected: 9
        case .marketError: 10
        case .marketTicker: 11
        case .marketTrade: 12
        case .marketOrderbookDelta: 13
        case .marketKline: 14
        case .marketOi: 15
        case .marketFunding: 16
        case .marketLiquidation: 17
        case .marketInstrument: 18
        case .marketHealth: 19
        case .marketClock: 20
        case .marketPriceLimit: 21
        case .marketAdlAlert: 22
        case .marketInsurance: 23
        case .marketExchangeStatus: 24
        case .analyticsFeatures: 25
        case .analyticsContext: 26
        case .analyticsMarketDriftDetected: 27
        case .strategyIntent: 28
        case .strategyState: 29
        case .strategyOverrun: 30
        case .strategyScenarioEnabled: 31
        case .strategyScenarioDisabled: 32
        case .riskApprovedIntent: 33
        case .riskRejectedIntent: 34
        case .riskState: 35
        case .execVenueReport: 36
        case .execReconciliation: 37
        case .execOrderEvent: 38
        case .portfolioPositionUpdate: 39
        case .portfolioAccountUpdate: 40
        case .stateClock: 41
        case .stateSnapshotRequest: 42
        case .stateSnapshot: 43
        case .stateRecovery: 44
        case .stateJournal: 45
        case .errorEvent: 46
        case .researchFeatureVectorRecorded: 47
        case .researchOutcomeRecorded: 48
        case .researchNewClusterFound: 49
        case .researchCandidateScenarioBuilt: 50
        case .researchBacktestRequested: 51
        case .researchBacktestCompleted: 52
        case .researchScenarioApproved: 53
        case .researchScenarioRejected: 54
        }
    }

    /// How the topic is treated where a queue is full.
    package var topicClass: TopicClass {
        switch self {
        case .controlCommand: .control
        case .controlOutcome: .control
        case .controlState: .control
        case .controlConfig: .control
        case .controlRollbackModel: .control
        case .marketConnect: .control
        case .marketDisconnect: .control
        case .marketSubscribe: .control
        case .marketConnected: .control
        case .marketDisconnected: .control
        case .marketError: .control
        case .marketTicker: .market
        case .marketTrade: .market
        case .marketOrderbookDelta: .market
        case .marketKline: .market
        case .marketOi: .market
        case .marketFunding: .market
        case .marketLiquidation: .market
        case .marketInstrument: .control
        case .marketHealth: .control
        case .marketClock: .control
        case .marketPriceLimit: .market
        case .marketAdlAlert: .market
        case .marketInsurance: .market
        case .marketExchangeStatus: .control
        case .analyticsFeatures: .market
        case .analyticsContext: .control
        case .analyticsMarketDriftDetected: .control
        case .strategyIntent: .control
        case .strategyState: .control
        case .strategyOverrun: .control
        case .strategyScenarioEnabled: .control
        case .strategyScenarioDisabled: .control
        case .riskApprovedIntent: .control
        case .riskRejectedIntent: .control
        case .riskState: .control
        case .execVenueReport: .control
        case .execReconciliation: .control
        case .execOrderEvent: .control
        case .portfolioPositionUpdate: .control
        case .portfolioAccountUpdate: .control
        case .stateClock: .control
        case .stateSnapshotRequest: .control
        case .stateSnapshot: .control
        case .stateRecovery: .control
        case .stateJournal: .control
        case .errorEvent: .control
        case .researchFeatureVectorRecorded: .market
        case .researchOutcomeRecorded: .market
        case .researchNewClusterFound: .control
        case .researchCandidateScenarioBuilt: .control
        case .researchBacktestRequested: .control
        case .researchBacktestCompleted: .control
        case .researchScenarioApproved: .control
        case .researchScenarioRejected: .control
        }
    }

    /// The modules that may publish on the topic.
    package var publishers: [Module] {
        switch self {
        case .controlCommand: [.controlBridge]
        case .controlOutcome: [.orchestrator, .logger, .strategyManager, .riskManager]
        case .controlState: [.orchestrator]
        case .controlConfig: [.orchestrator]
        case .controlRollbackModel: [.researchOrchestrator]
        case .marketConnect: [.orchestrator]
        case .marketDisconnect: [.orchestrator]
        case .marketSubscribe: [.orchestrator]
        case .marketConnected: [.marketGateway]
        case .marketDisconnected: [.marketGateway]
        case .marketError: [.marketGateway]
        case .marketTicker: [.marketGateway]
        case .marketTrade: [.marketGateway]
        case .marketOrderbookDelta: [.marketGateway]
        case .marketKline: [.marketGateway]
        case .marketOi: [.marketGateway]
        case .marketFunding: [.marketGateway]
        case .marketLiquidation: [.marketGateway]
        case .marketInstrument: [.marketGateway]
        case .marketHealth: [.feedMonitor]
        case .marketClock: [.marketGateway]
        case .marketPriceLimit: [.marketGateway]
        case .marketAdlAlert: [.marketGateway]
        case .marketInsurance: [.marketGateway]
        case .marketExchangeStatus: [.marketGateway]
        case .analyticsFeatures: [.featureEngine]
        case .analyticsContext: [.contextBuilder]
        case .analyticsMarketDriftDetected: [.driftDetector]
        case .strategyIntent: [.strategyManager]
        case .strategyState: [.strategyManager]
        case .strategyOverrun: [.decisionStopwatch]
        case .strategyScenarioEnabled: [.researchOrchestrator]
        case .strategyScenarioDisabled: [.researchOrchestrator]
        case .riskApprovedIntent: [.riskManager]
        case .riskRejectedIntent: [.riskManager]
        case .riskState: [.riskManager]
        case .execVenueReport: [.paperVenue]
        case .execReconciliation: [.executionEngine]
        case .execOrderEvent: [.executionEngine]
        case .portfolioPositionUpdate: [.positionManager]
        case .portfolioAccountUpdate: [.positionManager]
        case .stateClock: [.kernelHost]
        case .stateSnapshotRequest: [.orchestrator]
        case .stateSnapshot:
            [
                .orchestrator, .positionManager, .riskManager, .featureEngine, .contextBuilder,
                .strategyManager, .executionEngine, .paperVenue,
            ]
        case .stateRecovery: [.orchestrator, .stateStore]
        case .stateJournal: [.eventJournal]
        case .errorEvent:
            [
                .kernelHost, .eventJournal, .marketGateway, .riskManager, .executionEngine, .positionManager,
                .strategyManager, .featureEngine, .stateStore, .researchRunner, .paperVenue, .contextBuilder,
            ]
        case .researchFeatureVectorRecorded: [.featureRecorder]
        case .researchOutcomeRecorded: [.outcomeEngine]
        case .researchNewClusterFound: [.researchRunner]
        case .researchCandidateScenarioBuilt: [.researchRunner]
        case .researchBacktestRequested: [.researchOrchestrator]
        case .researchBacktestCompleted: [.backtestHost]
        case .researchScenarioApproved: [.researchOrchestrator]
        case .researchScenarioRejected: [.researchOrchestrator]
        }
    }

    /// The modules that listen to the topic; the journal listens to all.
    package var subscribers: [Module] {
        switch self {
        case .controlCommand: [.orchestrator, .strategyManager, .riskManager, .logger]
        case .controlOutcome: [.controlBridge, .logger]
        case .controlState:
            [
                .controlBridge, .riskManager, .executionEngine, .strategyManager, .positionManager,
                .serviceReporter, .researchOrchestrator, .logger,
            ]
        case .controlConfig: [.logger]
        case .controlRollbackModel: [.strategyManager, .orchestrator, .logger]
        case .marketConnect: [.marketGateway, .logger]
        case .marketDisconnect: [.marketGateway, .logger]
        case .marketSubscribe: [.marketGateway, .feedMonitor, .logger]
        case .marketConnected: [.orchestrator, .feedMonitor, .logger]
        case .marketDisconnected: [.orchestrator, .feedMonitor, .logger]
        case .marketError: [.orchestrator, .feedMonitor, .logger]
        case .marketTicker:
            [
                .feedMonitor, .featureEngine, .positionManager, .riskManager, .executionEngine, .paperVenue,
                .contextBuilder,
            ]
        case .marketTrade: [.feedMonitor, .featureEngine, .paperVenue, .positionManager]
        case .marketOrderbookDelta:
            [.feedMonitor, .featureEngine, .executionEngine, .paperVenue, .positionManager, .riskManager]
        case .marketKline: [.feedMonitor, .featureEngine, .paperVenue, .positionManager, .strategyManager]
        case .marketOi: [.featureEngine]
        case .marketFunding: [.featureEngine, .riskManager, .paperVenue, .contextBuilder, .strategyManager]
        case .marketLiquidation: [.logger]
        case .marketInstrument:
            [
                .orchestrator, .riskManager, .executionEngine, .paperVenue, .strategyManager,
                .positionManager, .logger,
            ]
        case .marketHealth: [.riskManager, .orchestrator, .controlBridge, .paperVenue, .logger]
        case .marketClock: [.feedMonitor, .controlBridge, .riskManager, .logger]
        case .marketPriceLimit: [.riskManager]
        case .marketAdlAlert: [.logger]
        case .marketInsurance: [.logger]
        case .marketExchangeStatus: [.riskManager, .logger]
        case .analyticsFeatures: [.contextBuilder, .strategyManager, .featureRecorder, .riskManager]
        case .analyticsContext: [.strategyManager, .riskManager, .logger]
        case .analyticsMarketDriftDetected: [.researchOrchestrator, .strategyManager, .logger]
        case .strategyIntent: [.riskManager, .controlBridge, .logger]
        case .strategyState: [.controlBridge, .logger]
        case .strategyOverrun: [.strategyManager, .logger]
        case .strategyScenarioEnabled: [.strategyManager, .logger]
        case .strategyScenarioDisabled: [.strategyManager, .logger]
        case .riskApprovedIntent: [.executionEngine, .strategyManager, .controlBridge, .logger]
        case .riskRejectedIntent: [.strategyManager, .controlBridge, .logger]
        case .riskState: [.controlBridge, .logger]
        case .execVenueReport: [.executionEngine, .positionManager, .logger]
        case .execReconciliation: [.orchestrator, .logger]
        case .execOrderEvent:
            [.positionManager, .riskManager, .paperVenue, .strategyManager, .controlBridge, .logger]
        case .portfolioPositionUpdate:
            [.riskManager, .executionEngine, .paperVenue, .strategyManager, .controlBridge, .logger]
        case .portfolioAccountUpdate: [.riskManager, .controlBridge, .strategyManager, .logger]
        case .stateClock: [.orchestrator]
        case .stateSnapshotRequest:
            [
                .positionManager, .riskManager, .featureEngine, .contextBuilder, .strategyManager,
                .executionEngine, .paperVenue, .logger,
            ]
        case .stateSnapshot: [.stateStore, .logger]
        case .stateRecovery:
            [
                .stateStore, .orchestrator, .positionManager, .riskManager, .featureEngine, .contextBuilder,
                .strategyManager, .executionEngine, .paperVenue, .logger,
            ]
        case .stateJournal: [.riskManager, .executionEngine, .logger]
        case .errorEvent: [.orchestrator, .logger]
        case .researchFeatureVectorRecorded: [.featureStore, .researchRunner]
        case .researchOutcomeRecorded: [.featureStore, .researchOrchestrator]
        case .researchNewClusterFound: [.researchOrchestrator, .logger]
        case .researchCandidateScenarioBuilt: [.researchOrchestrator, .logger]
        case .researchBacktestRequested: [.logger]
        case .researchBacktestCompleted: [.researchOrchestrator, .logger]
        case .researchScenarioApproved: [.orchestrator, .logger]
        case .researchScenarioRejected: [.orchestrator, .logger]
        }
    }
}
