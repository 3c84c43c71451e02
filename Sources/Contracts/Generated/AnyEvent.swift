// Generated from Sources/Contracts/EventMap/event-map.tsv by `make event-map`. Do not edit.

extension ControlCommand: Event {
    package static var topic: Topic { .controlCommand }
    package var erased: AnyEvent { .controlCommand(self) }
}

extension CommandOutcome: Event {
    package static var topic: Topic { .controlOutcome }
    package var erased: AnyEvent { .controlOutcome(self) }
}

extension ControlState: Event {
    package static var topic: Topic { .controlState }
    package var erased: AnyEvent { .controlState(self) }
}

extension ConfigApplied: Event {
    package static var topic: Topic { .controlConfig }
    package var erased: AnyEvent { .controlConfig(self) }
}

extension RollbackRequested: Event {
    package static var topic: Topic { .controlRollbackModel }
    package var erased: AnyEvent { .controlRollbackModel(self) }
}

extension MarketConnectRequest: Event {
    package static var topic: Topic { .marketConnect }
    package var erased: AnyEvent { .marketConnect(self) }
}

extension MarketDisconnectRequest: Event {
    package static var topic: Topic { .marketDisconnect }
    package var erased: AnyEvent { .marketDisconnect(self) }
}

extension MarketSubscribeRequest: Event {
    package static var topic: Topic { .marketSubscribe }
    package var erased: AnyEvent { .marketSubscribe(self) }
}

extension MarketConnected: Event {
    package static var topic: Topic { .marketConnected }
    package var erased: AnyEvent { .marketConnected(self) }
}

extension MarketDisconnected: Event {
    package static var topic: Topic { .marketDisconnected }
    package var erased: AnyEvent { .marketDisconnected(self) }
}

extension MarketErrorEvent: Event {
    package static var topic: Topic { .marketError }
    package var erased: AnyEvent { .marketError(self) }
}

extension TickerEvent: Event {
    package static var topic: Topic { .marketTicker }
    package var erased: AnyEvent { .marketTicker(self) }
}

extension TradeEvent: Event {
    package static var topic: Topic { .marketTrade }
    package var erased: AnyEvent { .marketTrade(self) }
}

extension OrderBookDelta: Event {
    package static var topic: Topic { .marketOrderbookDelta }
    package var erased: AnyEvent { .marketOrderbookDelta(self) }
}

extension KlineEvent: Event {
    package static var topic: Topic { .marketKline }
    package var erased: AnyEvent { .marketKline(self) }
}

extension OpenInterestEvent: Event {
    package static var topic: Topic { .marketOi }
    package var erased: AnyEvent { .marketOi(self) }
}

extension FundingEvent: Event {
    package static var topic: Topic { .marketFunding }
    package var erased: AnyEvent { .marketFunding(self) }
}

extension LiquidationEvent: Event {
    package static var topic: Topic { .marketLiquidation }
    package var erased: AnyEvent { .marketLiquidation(self) }
}

extension InstrumentSpec: Event {
    package static var topic: Topic { .marketInstrument }
    package var erased: AnyEvent { .marketInstrument(self) }
}

extension FeedHealth: Event {
    package static var topic: Topic { .marketHealth }
    package var erased: AnyEvent { .marketHealth(self) }
}

extension ClockOffset: Event {
    package static var topic: Topic { .marketClock }
    package var erased: AnyEvent { .marketClock(self) }
}

extension PriceLimit: Event {
    package static var topic: Topic { .marketPriceLimit }
    package var erased: AnyEvent { .marketPriceLimit(self) }
}

extension AutoDeleverageAlert: Event {
    package static var topic: Topic { .marketAdlAlert }
    package var erased: AnyEvent { .marketAdlAlert(self) }
}

extension InsuranceUpdate: Event {
    package static var topic: Topic { .marketInsurance }
    package var erased: AnyEvent { .marketInsurance(self) }
}

extension ExchangeStatus: Event {
    package static var topic: Topic { .marketExchangeStatus }
    package var erased: AnyEvent { .marketExchangeStatus(self) }
}

extension FeatureSet: Event {
    package static var topic: Topic { .analyticsFeatures }
    package var erased: AnyEvent { .analyticsFeatures(self) }
}

extension MarketContext: Event {
    package static var topic: Topic { .analyticsContext }
    package var erased: AnyEvent { .analyticsContext(self) }
}

extension MarketDriftDetected: Event {
    package static var topic: Topic { .analyticsMarketDriftDetected }
    package var erased: AnyEvent { .analyticsMarketDriftDetected(self) }
}

extension StrategyIntent: Event {
    package static var topic: Topic { .strategyIntent }
    package var erased: AnyEvent { .strategyIntent(self) }
}

extension StrategyState: Event {
    package static var topic: Topic { .strategyState }
    package var erased: AnyEvent { .strategyState(self) }
}

extension StrategyOverrun: Event {
    package static var topic: Topic { .strategyOverrun }
    package var erased: AnyEvent { .strategyOverrun(self) }
}

extension ScenarioEnabled: Event {
    package static var topic: Topic { .strategyScenarioEnabled }
    package var erased: AnyEvent { .strategyScenarioEnabled(self) }
}

extension ScenarioDisabled: Event {
    package static var topic: Topic { .strategyScenarioDisabled }
    package var erased: AnyEvent { .strategyScenarioDisabled(self) }
}

extension ApprovedIntent: Event {
    package static var topic: Topic { .riskApprovedIntent }
    package var erased: AnyEvent { .riskApprovedIntent(self) }
}

extension RejectedIntent: Event {
    package static var topic: Topic { .riskRejectedIntent }
    package var erased: AnyEvent { .riskRejectedIntent(self) }
}

extension RiskState: Event {
    package static var topic: Topic { .riskState }
    package var erased: AnyEvent { .riskState(self) }
}

extension VenueReport: Event {
    package static var topic: Topic { .execVenueReport }
    package var erased: AnyEvent { .execVenueReport(self) }
}

extension ReconciliationReport: Event {
    package static var topic: Topic { .execReconciliation }
    package var erased: AnyEvent { .execReconciliation(self) }
}

extension OrderEvent: Event {
    package static var topic: Topic { .execOrderEvent }
    package var erased: AnyEvent { .execOrderEvent(self) }
}

extension PositionUpdate: Event {
    package static var topic: Topic { .portfolioPositionUpdate }
    package var erased: AnyEvent { .portfolioPositionUpdate(self) }
}

extension AccountUpdate: Event {
    package static var topic: Topic { .portfolioAccountUpdate }
    package var erased: AnyEvent { .portfolioAccountUpdate(self) }
}

extension ClockEvent: Event {
    package static var topic: Topic { .stateClock }
    package var erased: AnyEvent { .stateClock(self) }
}

extension SnapshotRequest: Event {
    package static var topic: Topic { .stateSnapshotRequest }
    package var erased: AnyEvent { .stateSnapshotRequest(self) }
}

extension StateSnapshot: Event {
    package static var topic: Topic { .stateSnapshot }
    package var erased: AnyEvent { .stateSnapshot(self) }
}

extension StateRecovery: Event {
    package static var topic: Topic { .stateRecovery }
    package var erased: AnyEvent { .stateRecovery(self) }
}

extension JournalCondition: Event {
    package static var topic: Topic { .stateJournal }
    package var erased: AnyEvent { .stateJournal(self) }
}

extension ErrorEvent: Event {
    package static var topic: Topic { .errorEvent }
    package var erased: AnyEvent { .errorEvent(self) }
}

extension FeatureVectorRecorded: Event {
    package static var topic: Topic { .researchFeatureVectorRecorded }
    package var erased: AnyEvent { .researchFeatureVectorRecorded(self) }
}

extension OutcomeRecorded: Event {
    package static var topic: Topic { .researchOutcomeRecorded }
    package var erased: AnyEvent { .researchOutcomeRecorded(self) }
}

extension NewClusterFound: Event {
    package static var topic: Topic { .researchNewClusterFound }
    package var erased: AnyEvent { .researchNewClusterFound(self) }
}

extension CandidateScenarioBuilt: Event {
    package static var topic: Topic { .researchCandidateScenarioBuilt }
    package var erased: AnyEvent { .researchCandidateScenarioBuilt(self) }
}

extension BacktestRequested: Event {
    package static var topic: Topic { .researchBacktestRequested }
    package var erased: AnyEvent { .researchBacktestRequested(self) }
}

extension BacktestCompleted: Event {
    package static var topic: Topic { .researchBacktestCompleted }
    package var erased: AnyEvent { .researchBacktestCompleted(self) }
}

extension ScenarioApproved: Event {
    package static var topic: Topic { .researchScenarioApproved }
    package var erased: AnyEvent { .researchScenarioApproved(self) }
}

extension ScenarioRejected: Event {
    package static var topic: Topic { .researchScenarioRejected }
    package var erased: AnyEvent { .researchScenarioRejected(self) }
}

/// Any event of the map: the closed sum, for the edges only.
package enum AnyEvent: Hashable, Sendable {
    case controlCommand(ControlCommand)
    case controlOutcome(CommandOutcome)
    case controlState(ControlState)
    case controlConfig(ConfigApplied)
    case controlRollbackModel(RollbackRequested)
    case marketConnect(MarketConnectRequest)
    case marketDisconnect(MarketDisconnectRequest)
    case marketSubscribe(MarketSubscribeRequest)
    case marketConnected(MarketConnected)
    case marketDisconnected(MarketDisconnected)
    case marketError(MarketErrorEvent)
    case marketTicker(TickerEvent)
    case marketTrade(TradeEvent)
    case marketOrderbookDelta(OrderBookDelta)
    case marketKline(KlineEvent)
    case marketOi(OpenInterestEvent)
    case marketFunding(FundingEvent)
    case marketLiquidation(LiquidationEvent)
    case marketInstrument(InstrumentSpec)
    case marketHealth(FeedHealth)
    case marketClock(ClockOffset)
    case marketPriceLimit(PriceLimit)
    case marketAdlAlert(AutoDeleverageAlert)
    case marketInsurance(InsuranceUpdate)
    case marketExchangeStatus(ExchangeStatus)
    case analyticsFeatures(FeatureSet)
    case analyticsContext(MarketContext)
    case analyticsMarketDriftDetected(MarketDriftDetected)
    case strategyIntent(StrategyIntent)
    case strategyState(StrategyState)
    case strategyOverrun(StrategyOverrun)
    case strategyScenarioEnabled(ScenarioEnabled)
    case strategyScenarioDisabled(ScenarioDisabled)
    case riskApprovedIntent(ApprovedIntent)
    case riskRejectedIntent(RejectedIntent)
    case riskState(RiskState)
    case execVenueReport(VenueReport)
    case execReconciliation(ReconciliationReport)
    case execOrderEvent(OrderEvent)
    case portfolioPositionUpdate(PositionUpdate)
    case portfolioAccountUpdate(AccountUpdate)
    case stateClock(ClockEvent)
    case stateSnapshotRequest(SnapshotRequest)
    case stateSnapshot(StateSnapshot)
    case stateRecovery(StateRecovery)
    case stateJournal(JournalCondition)
    case errorEvent(ErrorEvent)
    case researchFeatureVectorRecorded(FeatureVectorRecorded)
    case researchOutcomeRecorded(OutcomeRecorded)
    case researchNewClusterFound(NewClusterFound)
    case researchCandidateScenarioBuilt(CandidateScenarioBuilt)
    case researchBacktestRequested(BacktestRequested)
    case researchBacktestCompleted(BacktestCompleted)
    case researchScenarioApproved(ScenarioApproved)
    case researchScenarioRejected(ScenarioRejected)
}

extension AnyEvent {
    package var topic: Topic {
        switch self {
        case .controlCommand: .controlCommand
        case .controlOutcome: .controlOutcome
        case .controlState: .controlState
        case .controlConfig: .controlConfig
        case .controlRollbackModel: .controlRollbackModel
        case .marketConnect: .marketConnect
        case .marketDisconnect: .marketDisconnect
        case .marketSubscribe: .marketSubscribe
        case .marketConnected: .marketConnected
        case .marketDisconnected: .marketDisconnected
        case .marketError: .marketError
        case .marketTicker: .marketTicker
        case .marketTrade: .marketTrade
        case .marketOrderbookDelta: .marketOrderbookDelta
        case .marketKline: .marketKline
        case .marketOi: .marketOi
        case .marketFunding: .marketFunding
        case .marketLiquidation: .marketLiquidation
        case .marketInstrument: .marketInstrument
        case .marketHealth: .marketHealth
        case .marketClock: .marketClock
        case .marketPriceLimit: .marketPriceLimit
        case .marketAdlAlert: .marketAdlAlert
        case .marketInsurance: .marketInsurance
        case .marketExchangeStatus: .marketExchangeStatus
        case .analyticsFeatures: .analyticsFeatures
        case .analyticsContext: .analyticsContext
        case .analyticsMarketDriftDetected: .analyticsMarketDriftDetected
        case .strategyIntent: .strategyIntent
        case .strategyState: .strategyState
        case .strategyOverrun: .strategyOverrun
        case .strategyScenarioEnabled: .strategyScenarioEnabled
        case .strategyScenarioDisabled: .strategyScenarioDisabled
        case .riskApprovedIntent: .riskApprovedIntent
        case .riskRejectedIntent: .riskRejectedIntent
        case .riskState: .riskState
        case .execVenueReport: .execVenueReport
        case .execReconciliation: .execReconciliation
        case .execOrderEvent: .execOrderEvent
        case .portfolioPositionUpdate: .portfolioPositionUpdate
        case .portfolioAccountUpdate: .portfolioAccountUpdate
        case .stateClock: .stateClock
        case .stateSnapshotRequest: .stateSnapshotRequest
        case .stateSnapshot: .stateSnapshot
        case .stateRecovery: .stateRecovery
        case .stateJournal: .stateJournal
        case .errorEvent: .errorEvent
        case .researchFeatureVectorRecorded: .researchFeatureVectorRecorded
        case .researchOutcomeRecorded: .researchOutcomeRecorded
        case .researchNewClusterFound: .researchNewClusterFound
        case .researchCandidateScenarioBuilt: .researchCandidateScenarioBuilt
        case .researchBacktestRequested: .researchBacktestRequested
        case .researchBacktestCompleted: .researchBacktestCompleted
        case .researchScenarioApproved: .researchScenarioApproved
        case .researchScenarioRejected: .researchScenarioRejected
        }
    }

    package var meta: EventMeta {
        switch self {
        case .controlCommand(let event): event.meta
        case .controlOutcome(let event): event.meta
        case .controlState(let event): event.meta
        case .controlConfig(let event): event.meta
        case .controlRollbackModel(let event): event.meta
        case .marketConnect(let event): event.meta
        case .marketDisconnect(let event): event.meta
        case .marketSubscribe(let event): event.meta
        case .marketConnected(let event): event.meta
        case .marketDisconnected(let event): event.meta
        case .marketError(let event): event.meta
        case .marketTicker(let event): event.meta
        case .marketTrade(let event): event.meta
        case .marketOrderbookDelta(let event): event.meta
        case .marketKline(let event): event.meta
        case .marketOi(let event): event.meta
        case .marketFunding(let event): event.meta
        case .marketLiquidation(let event): event.meta
        case .marketInstrument(let event): event.meta
        case .marketHealth(let event): event.meta
        case .marketClock(let event): event.meta
        case .marketPriceLimit(let event): event.meta
        case .marketAdlAlert(let event): event.meta
        case .marketInsurance(let event): event.meta
        case .marketExchangeStatus(let event): event.meta
        case .analyticsFeatures(let event): event.meta
        case .analyticsContext(let event): event.meta
        case .analyticsMarketDriftDetected(let event): event.meta
        case .strategyIntent(let event): event.meta
        case .strategyState(let event): event.meta
        case .strategyOverrun(let event): event.meta
        case .strategyScenarioEnabled(let event): event.meta
        case .strategyScenarioDisabled(let event): event.meta
        case .riskApprovedIntent(let event): event.meta
        case .riskRejectedIntent(let event): event.meta
        case .riskState(let event): event.meta
        case .execVenueReport(let event): event.meta
        case .execReconciliation(let event): event.meta
        case .execOrderEvent(let event): event.meta
        case .portfolioPositionUpdate(let event): event.meta
        case .portfolioAccountUpdate(let event): event.meta
        case .stateClock(let event): event.meta
        case .stateSnapshotRequest(let event): event.meta
        case .stateSnapshot(let event): event.meta
        case .stateRecovery(let event): event.meta
        case .stateJournal(let event): event.meta
        case .errorEvent(let event): event.meta
        case .researchFeatureVectorRecorded(let event): event.meta
        case .researchOutcomeRecorded(let event): event.meta
        case .researchNewClusterFound(let event): event.meta
        case .researchCandidateScenarioBuilt(let event): event.meta
        case .researchBacktestRequested(let event): event.meta
        case .researchBacktestCompleted(let event): event.meta
        case .researchScenarioApproved(let event): event.meta
        case .researchScenarioRejected(let event): event.meta
        }
    }

    /// Encodes the payload alone, as the journal keeps it.
    package func encodePayload<Output>(_ encode: (any Event) throws -> Output) rethrows -> Output {
        switch self {
        case .controlCommand(let event): try encode(event)
        case .controlOutcome(let event): try encode(event)
        case .controlState(let event): try encode(event)
        case .controlConfig(let event): try encode(event)
        case .controlRollbackModel(let event): try encode(event)
        case .marketConnect(let event): try encode(event)
        case .marketDisconnect(let event): try encode(event)
        case .marketSubscribe(let event): try encode(event)
        case .marketConnected(let event): try encode(event)
        case .marketDisconnected(let event): try encode(event)
        case .marketError(let event): try encode(event)
        case .marketTicker(let event): try encode(event)
        case .marketTrade(let event): try encode(event)
        case .marketOrderbookDelta(let event): try encode(event)
        case .marketKline(let event): try encode(event)
        case .marketOi(let event): try encode(event)
        case .marketFunding(let event): try encode(event)
        case .marketLiquidation(let event): try encode(event)
        case .marketInstrument(let event): try encode(event)
        case .marketHealth(let event): try encode(event)
        case .marketClock(let event): try encode(event)
        case .marketPriceLimit(let event): try encode(event)
        case .marketAdlAlert(let event): try encode(event)
        case .marketInsurance(let event): try encode(event)
        case .marketExchangeStatus(let event): try encode(event)
        case .analyticsFeatures(let event): try encode(event)
        case .analyticsContext(let event): try encode(event)
        case .analyticsMarketDriftDetected(let event): try encode(event)
        case .strategyIntent(let event): try encode(event)
        case .strategyState(let event): try encode(event)
        case .strategyOverrun(let event): try encode(event)
        case .strategyScenarioEnabled(let event): try encode(event)
        case .strategyScenarioDisabled(let event): try encode(event)
        case .riskApprovedIntent(let event): try encode(event)
        case .riskRejectedIntent(let event): try encode(event)
        case .riskState(let event): try encode(event)
        case .execVenueReport(let event): try encode(event)
        case .execReconciliation(let event): try encode(event)
        case .execOrderEvent(let event): try encode(event)
        case .portfolioPositionUpdate(let event): try encode(event)
        case .portfolioAccountUpdate(let event): try encode(event)
        case .stateClock(let event): try encode(event)
        case .stateSnapshotRequest(let event): try encode(event)
        case .stateSnapshot(let event): try encode(event)
        case .stateRecovery(let event): try encode(event)
        case .stateJournal(let event): try encode(event)
        case .errorEvent(let event): try encode(event)
        case .researchFeatureVectorRecorded(let event): try encode(event)
        case .researchOutcomeRecorded(let event): try encode(event)
        case .researchNewClusterFound(let event): try encode(event)
        case .researchCandidateScenarioBuilt(let event): try encode(event)
        case .researchBacktestRequested(let event): try encode(event)
        case .researchBacktestCompleted(let event): try encode(event)
        case .researchScenarioApproved(let event): try encode(event)
        case .researchScenarioRejected(let event): try encode(event)
        }
    }

    /// Decodes the payload of `topic`, as the journal keeps it.
    package static func decodePayload(of topic: Topic, with decoder: some PayloadDecoder) throws -> AnyEvent {
        switch topic {
        case .controlCommand: .controlCommand(try decoder.decode(ControlCommand.self))
        case .controlOutcome: .controlOutcome(try decoder.decode(CommandOutcome.self))
        case .controlState: .controlState(try decoder.decode(ControlState.self))
        case .controlConfig: .controlConfig(try decoder.decode(ConfigApplied.self))
        case .controlRollbackModel: .controlRollbackModel(try decoder.decode(RollbackRequested.self))
        case .marketConnect: .marketConnect(try decoder.decode(MarketConnectRequest.self))
        case .marketDisconnect: .marketDisconnect(try decoder.decode(MarketDisconnectRequest.self))
        case .marketSubscribe: .marketSubscribe(try decoder.decode(MarketSubscribeRequest.self))
        case .marketConnected: .marketConnected(try decoder.decode(MarketConnected.self))
        case .marketDisconnected: .marketDisconnected(try decoder.decode(MarketDisconnected.self))
        case .marketError: .marketError(try decoder.decode(MarketErrorEvent.self))
        case .marketTicker: .marketTicker(try decoder.decode(TickerEvent.self))
        case .marketTrade: .marketTrade(try decoder.decode(TradeEvent.self))
        case .marketOrderbookDelta: .marketOrderbookDelta(try decoder.decode(OrderBookDelta.self))
        case .marketKline: .marketKline(try decoder.decode(KlineEvent.self))
        case .marketOi: .marketOi(try decoder.decode(OpenInterestEvent.self))
        case .marketFunding: .marketFunding(try decoder.decode(FundingEvent.self))
        case .marketLiquidation: .marketLiquidation(try decoder.decode(LiquidationEvent.self))
        case .marketInstrument: .marketInstrument(try decoder.decode(InstrumentSpec.self))
        case .marketHealth: .marketHealth(try decoder.decode(FeedHealth.self))
        case .marketClock: .marketClock(try decoder.decode(ClockOffset.self))
        case .marketPriceLimit: .marketPriceLimit(try decoder.decode(PriceLimit.self))
        case .marketAdlAlert: .marketAdlAlert(try decoder.decode(AutoDeleverageAlert.self))
        case .marketInsurance: .marketInsurance(try decoder.decode(InsuranceUpdate.self))
        case .marketExchangeStatus: .marketExchangeStatus(try decoder.decode(ExchangeStatus.self))
        case .analyticsFeatures: .analyticsFeatures(try decoder.decode(FeatureSet.self))
        case .analyticsContext: .analyticsContext(try decoder.decode(MarketContext.self))
        case .analyticsMarketDriftDetected:
            .analyticsMarketDriftDetected(try decoder.decode(MarketDriftDetected.self))
        case .strategyIntent: .strategyIntent(try decoder.decode(StrategyIntent.self))
        case .strategyState: .strategyState(try decoder.decode(StrategyState.self))
        case .strategyOverrun: .strategyOverrun(try decoder.decode(StrategyOverrun.self))
        case .strategyScenarioEnabled: .strategyScenarioEnabled(try decoder.decode(ScenarioEnabled.self))
        case .strategyScenarioDisabled: .strategyScenarioDisabled(try decoder.decode(ScenarioDisabled.self))
        case .riskApprovedIntent: .riskApprovedIntent(try decoder.decode(ApprovedIntent.self))
        case .riskRejectedIntent: .riskRejectedIntent(try decoder.decode(RejectedIntent.self))
        case .riskState: .riskState(try decoder.decode(RiskState.self))
        case .execVenueReport: .execVenueReport(try decoder.decode(VenueReport.self))
        case .execReconciliation: .execReconciliation(try decoder.decode(ReconciliationReport.self))
        case .execOrderEvent: .execOrderEvent(try decoder.decode(OrderEvent.self))
        case .portfolioPositionUpdate: .portfolioPositionUpdate(try decoder.decode(PositionUpdate.self))
        case .portfolioAccountUpdate: .portfolioAccountUpdate(try decoder.decode(AccountUpdate.self))
        case .stateClock: .stateClock(try decoder.decode(ClockEvent.self))
        case .stateSnapshotRequest: .stateSnapshotRequest(try decoder.decode(SnapshotRequest.self))
        case .stateSnapshot: .stateSnapshot(try decoder.decode(StateSnapshot.self))
        case .stateRecovery: .stateRecovery(try decoder.decode(StateRecovery.self))
        case .stateJournal: .stateJournal(try decoder.decode(JournalCondition.self))
        case .errorEvent: .errorEvent(try decoder.decode(ErrorEvent.self))
        case .researchFeatureVectorRecorded:
            .researchFeatureVectorRecorded(try decoder.decode(FeatureVectorRecorded.self))
        case .researchOutcomeRecorded: .researchOutcomeRecorded(try decoder.decode(OutcomeRecorded.self))
        case .researchNewClusterFound: .researchNewClusterFound(try decoder.decode(NewClusterFound.self))
        case .researchCandidateScenarioBuilt:
            .researchCandidateScenarioBuilt(try decoder.decode(CandidateScenarioBuilt.self))
        case .researchBacktestRequested:
            .researchBacktestRequested(try decoder.decode(BacktestRequested.self))
        case .researchBacktestCompleted:
            .researchBacktestCompleted(try decoder.decode(BacktestCompleted.self))
        case .researchScenarioApproved: .researchScenarioApproved(try decoder.decode(ScenarioApproved.self))
        case .researchScenarioRejected: .researchScenarioRejected(try decoder.decode(ScenarioRejected.self))
        }
    }
}

/// Decodes one payload, whatever the notation.
package protocol PayloadDecoder {
    func decode<Payload: Event>(_ type: Payload.Type) throws -> Payload
}
