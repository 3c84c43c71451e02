// Generated from Sources/Contracts/EventMap/event-map.tsv by `make event-map`. Do not edit.

import Contracts

extension ControlCommand: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.controlCommand }
}
extension CommandOutcome: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.controlOutcome }
}
extension ControlState: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.controlState }
}
extension ConfigApplied: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.controlConfig }
}
extension RollbackRequested: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.controlRollbackModel }
}
extension MarketConnectRequest: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketConnect }
}
extension MarketDisconnectRequest: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketDisconnect }
}
extension MarketSubscribeRequest: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketSubscribe }
}
extension MarketConnected: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketConnected }
}
extension MarketDisconnected: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketDisconnected }
}
extension MarketErrorEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketError }
}
extension TickerEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketTicker }
}
extension TradeEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketTrade }
}
extension OrderBookDelta: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketOrderbookDelta }
}
extension KlineEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketKline }
}
extension OpenInterestEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketOi }
}
extension FundingEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketFunding }
}
extension LiquidationEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketLiquidation }
}
extension InstrumentSpec: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketInstrument }
}
extension FeedHealth: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketHealth }
}
extension ClockOffset: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketClock }
}
extension PriceLimit: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketPriceLimit }
}
extension AutoDeleverageAlert: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketAdlAlert }
}
extension InsuranceUpdate: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketInsurance }
}
extension ExchangeStatus: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.marketExchangeStatus }
}
extension FeatureSet: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.analyticsFeatures }
}
extension MarketContext: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.analyticsContext }
}
extension MarketDriftDetected: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> {
        channels.analyticsMarketDriftDetected
    }
}
extension StrategyIntent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.strategyIntent }
}
extension StrategyState: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.strategyState }
}
extension StrategyOverrun: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.strategyOverrun }
}
extension ScenarioEnabled: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.strategyScenarioEnabled }
}
extension ScenarioDisabled: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.strategyScenarioDisabled }
}
extension ApprovedIntent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.riskApprovedIntent }
}
extension RejectedIntent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.riskRejectedIntent }
}
extension RiskState: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.riskState }
}
extension VenueReport: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.execVenueReport }
}
extension ReconciliationReport: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.execReconciliation }
}
extension OrderEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.execOrderEvent }
}
extension PositionUpdate: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.portfolioPositionUpdate }
}
extension AccountUpdate: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.portfolioAccountUpdate }
}
extension ClockEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.stateClock }
}
extension SnapshotRequest: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.stateSnapshotRequest }
}
extension StateSnapshot: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.stateSnapshot }
}
extension StateRecovery: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.stateRecovery }
}
extension JournalCondition: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.stateJournal }
}
extension ErrorEvent: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.errorEvent }
}
extension FeatureVectorRecorded: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> {
        channels.researchFeatureVectorRecorded
    }
}
extension OutcomeRecorded: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.researchOutcomeRecorded }
}
extension NewClusterFound: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.researchNewClusterFound }
}
extension CandidateScenarioBuilt: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> {
        channels.researchCandidateScenarioBuilt
    }
}
extension BacktestRequested: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.researchBacktestRequested }
}
extension BacktestCompleted: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.researchBacktestCompleted }
}
extension ScenarioApproved: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.researchScenarioApproved }
}
extension ScenarioRejected: BusEvent {
    package static func channel(in channels: Channels) -> Channel<Self> { channels.researchScenarioRejected }
}

// Concrete, so that the whole way from publish to handler is specialised here, once.
extension EventBus {
    package func publish(_ event: consuming ControlCommand) {
        stamp(&event.meta)
        emit(event, on: channels.controlCommand, .controlCommand, isRoot: false)
    }
    package func publish(_ event: consuming CommandOutcome) {
        stamp(&event.meta)
        emit(event, on: channels.controlOutcome, .controlOutcome, isRoot: false)
    }
    package func publish(_ event: consuming ControlState) {
        stamp(&event.meta)
        emit(event, on: channels.controlState, .controlState, isRoot: false)
    }
    package func publish(_ event: consuming ConfigApplied) {
        stamp(&event.meta)
        emit(event, on: channels.controlConfig, .controlConfig, isRoot: false)
    }
    package func publish(_ event: consuming RollbackRequested) {
        stamp(&event.meta)
        emit(event, on: channels.controlRollbackModel, .controlRollbackModel, isRoot: false)
    }
    package func publish(_ event: consuming MarketConnectRequest) {
        stamp(&event.meta)
        emit(event, on: channels.marketConnect, .marketConnect, isRoot: false)
    }
    package func publish(_ event: consuming MarketDisconnectRequest) {
        stamp(&event.meta)
        emit(event, on: channels.marketDisconnect, .marketDisconnect, isRoot: false)
    }
    package func publish(_ event: consuming MarketSubscribeRequest) {
        stamp(&event.meta)
        emit(event, on: channels.marketSubscribe, .marketSubscribe, isRoot: false)
    }
    package func publish(_ event: consuming MarketConnected) {
        stamp(&event.meta)
        emit(event, on: channels.marketConnected, .marketConnected, isRoot: false)
    }
    package func publish(_ event: consuming MarketDisconnected) {
        stamp(&event.meta)
        emit(event, on: channels.marketDisconnected, .marketDisconnected, isRoot: false)
    }
    package func publish(_ event: consuming MarketErrorEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketError, .marketError, isRoot: false)
    }
    package func publish(_ event: consuming TickerEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketTicker, .marketTicker, isRoot: false)
    }
    package func publish(_ event: consuming TradeEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketTrade, .marketTrade, isRoot: false)
    }
    package func publish(_ event: consuming OrderBookDelta) {
        stamp(&event.meta)
        emit(event, on: channels.marketOrderbookDelta, .marketOrderbookDelta, isRoot: false)
    }
    package func publish(_ event: consuming KlineEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketKline, .marketKline, isRoot: false)
    }
    package func publish(_ event: consuming OpenInterestEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketOi, .marketOi, isRoot: false)
    }
    package func publish(_ event: consuming FundingEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketFunding, .marketFunding, isRoot: false)
    }
    package func publish(_ event: consuming LiquidationEvent) {
        stamp(&event.meta)
        emit(event, on: channels.marketLiquidation, .marketLiquidation, isRoot: false)
    }
    package func publish(_ event: consuming InstrumentSpec) {
        stamp(&event.meta)
        emit(event, on: channels.marketInstrument, .marketInstrument, isRoot: false)
    }
    package func publish(_ event: consuming FeedHealth) {
        stamp(&event.meta)
        emit(event, on: channels.marketHealth, .marketHealth, isRoot: false)
    }
    package func publish(_ event: consuming ClockOffset) {
        stamp(&event.meta)
        emit(event, on: channels.marketClock, .marketClock, isRoot: false)
    }
    package func publish(_ event: consuming PriceLimit) {
        stamp(&event.meta)
        emit(event, on: channels.marketPriceLimit, .marketPriceLimit, isRoot: false)
    }
    package func publish(_ event: consuming AutoDeleverageAlert) {
        stamp(&event.meta)
        emit(event, on: channels.marketAdlAlert, .marketAdlAlert, isRoot: false)
    }
    package func publish(_ event: consuming InsuranceUpdate) {
        stamp(&event.meta)
        emit(event, on: channels.marketInsurance, .marketInsurance, isRoot: false)
    }
    package func publish(_ event: consuming ExchangeStatus) {
        stamp(&event.meta)
        emit(event, on: channels.marketExchangeStatus, .marketExchangeStatus, isRoot: false)
    }
    package func publish(_ event: consuming FeatureSet) {
        stamp(&event.meta)
        emit(event, on: channels.analyticsFeatures, .analyticsFeatures, isRoot: false)
    }
    package func publish(_ event: consuming MarketContext) {
        stamp(&event.meta)
        emit(event, on: channels.analyticsContext, .analyticsContext, isRoot: false)
    }
    package func publish(_ event: consuming MarketDriftDetected) {
        stamp(&event.meta)
        emit(event, on: channels.analyticsMarketDriftDetected, .analyticsMarketDriftDetected, isRoot: false)
    }
    package func publish(_ event: consuming StrategyIntent) {
        stamp(&event.meta)
        emit(event, on: channels.strategyIntent, .strategyIntent, isRoot: false)
    }
    package func publish(_ event: consuming StrategyState) {
        stamp(&event.meta)
        emit(event, on: channels.strategyState, .strategyState, isRoot: false)
    }
    package func publish(_ event: consuming StrategyOverrun) {
        stamp(&event.meta)
        emit(event, on: channels.strategyOverrun, .strategyOverrun, isRoot: false)
    }
    package func publish(_ event: consuming ScenarioEnabled) {
        stamp(&event.meta)
        emit(event, on: channels.strategyScenarioEnabled, .strategyScenarioEnabled, isRoot: false)
    }
    package func publish(_ event: consuming ScenarioDisabled) {
        stamp(&event.meta)
        emit(event, on: channels.strategyScenarioDisabled, .strategyScenarioDisabled, isRoot: false)
    }
    package func publish(_ event: consuming ApprovedIntent) {
        stamp(&event.meta)
        emit(event, on: channels.riskApprovedIntent, .riskApprovedIntent, isRoot: false)
    }
    package func publish(_ event: consuming RejectedIntent) {
        stamp(&event.meta)
        emit(event, on: channels.riskRejectedIntent, .riskRejectedIntent, isRoot: false)
    }
    package func publish(_ event: consuming RiskState) {
        stamp(&event.meta)
        emit(event, on: channels.riskState, .riskState, isRoot: false)
    }
    package func publish(_ event: consuming VenueReport) {
        stamp(&event.meta)
        emit(event, on: channels.execVenueReport, .execVenueReport, isRoot: false)
    }
    package func publish(_ event: consuming ReconciliationReport) {
        stamp(&event.meta)
        emit(event, on: channels.execReconciliation, .execReconciliation, isRoot: false)
    }
    package func publish(_ event: consuming OrderEvent) {
        stamp(&event.meta)
        emit(event, on: channels.execOrderEvent, .execOrderEvent, isRoot: false)
    }
    package func publish(_ event: consuming PositionUpdate) {
        stamp(&event.meta)
        emit(event, on: channels.portfolioPositionUpdate, .portfolioPositionUpdate, isRoot: false)
    }
    package func publish(_ event: consuming AccountUpdate) {
        stamp(&event.meta)
        emit(event, on: channels.portfolioAccountUpdate, .portfolioAccountUpdate, isRoot: false)
    }
    package func publish(_ event: consuming ClockEvent) {
        stamp(&event.meta)
        emit(event, on: channels.stateClock, .stateClock, isRoot: false)
    }
    package func publish(_ event: consuming SnapshotRequest) {
        stamp(&event.meta)
        emit(event, on: channels.stateSnapshotRequest, .stateSnapshotRequest, isRoot: false)
    }
    package func publish(_ event: consuming StateSnapshot) {
        stamp(&event.meta)
        emit(event, on: channels.stateSnapshot, .stateSnapshot, isRoot: false)
    }
    package func publish(_ event: consuming StateRecovery) {
        stamp(&event.meta)
        emit(event, on: channels.stateRecovery, .stateRecovery, isRoot: false)
    }
    package func publish(_ event: consuming JournalCondition) {
        stamp(&event.meta)
        emit(event, on: channels.stateJournal, .stateJournal, isRoot: false)
    }
    package func publish(_ event: consuming ErrorEvent) {
        stamp(&event.meta)
        emit(event, on: channels.errorEvent, .errorEvent, isRoot: false)
    }
    package func publish(_ event: consuming FeatureVectorRecorded) {
        stamp(&event.meta)
        emit(event, on: channels.researchFeatureVectorRecorded, .researchFeatureVectorRecorded, isRoot: false)
    }
    package func publish(_ event: consuming OutcomeRecorded) {
        stamp(&event.meta)
        emit(event, on: channels.researchOutcomeRecorded, .researchOutcomeRecorded, isRoot: false)
    }
    package func publish(_ event: consuming NewClusterFound) {
        stamp(&event.meta)
        emit(event, on: channels.researchNewClusterFound, .researchNewClusterFound, isRoot: false)
    }
    package func publish(_ event: consuming CandidateScenarioBuilt) {
        stamp(&event.meta)
        emit(
            event,
            on: channels.researchCandidateScenarioBuilt,
            .researchCandidateScenarioBuilt,
            isRoot: false
        )
    }
    package func publish(_ event: consuming BacktestRequested) {
        stamp(&event.meta)
        emit(event, on: channels.researchBacktestRequested, .researchBacktestRequested, isRoot: false)
    }
    package func publish(_ event: consuming BacktestCompleted) {
        stamp(&event.meta)
        emit(event, on: channels.researchBacktestCompleted, .researchBacktestCompleted, isRoot: false)
    }
    package func publish(_ event: consuming ScenarioApproved) {
        stamp(&event.meta)
        emit(event, on: channels.researchScenarioApproved, .researchScenarioApproved, isRoot: false)
    }
    package func publish(_ event: consuming ScenarioRejected) {
        stamp(&event.meta)
        emit(event, on: channels.researchScenarioRejected, .researchScenarioRejected, isRoot: false)
    }
}

/// One typed channel a topic.
package final class Channels {
    let controlCommand = Channel<ControlCommand>()
    let controlOutcome = Channel<CommandOutcome>()
    let controlState = Channel<ControlState>()
    let controlConfig = Channel<ConfigApplied>()
    let controlRollbackModel = Channel<RollbackRequested>()
    let marketConnect = Channel<MarketConnectRequest>()
    let marketDisconnect = Channel<MarketDisconnectRequest>()
    let marketSubscribe = Channel<MarketSubscribeRequest>()
    let marketConnected = Channel<MarketConnected>()
    let marketDisconnected = Channel<MarketDisconnected>()
    let marketError = Channel<MarketErrorEvent>()
    let marketTicker = Channel<TickerEvent>()
    let marketTrade = Channel<TradeEvent>()
    let marketOrderbookDelta = Channel<OrderBookDelta>()
    let marketKline = Channel<KlineEvent>()
    let marketOi = Channel<OpenInterestEvent>()
    let marketFunding = Channel<FundingEvent>()
    let marketLiquidation = Channel<LiquidationEvent>()
    let marketInstrument = Channel<InstrumentSpec>()
    let marketHealth = Channel<FeedHealth>()
    let marketClock = Channel<ClockOffset>()
    let marketPriceLimit = Channel<PriceLimit>()
    let marketAdlAlert = Channel<AutoDeleverageAlert>()
    let marketInsurance = Channel<InsuranceUpdate>()
    let marketExchangeStatus = Channel<ExchangeStatus>()
    let analyticsFeatures = Channel<FeatureSet>()
    let analyticsContext = Channel<MarketContext>()
    let analyticsMarketDriftDetected = Channel<MarketDriftDetected>()
    let strategyIntent = Channel<StrategyIntent>()
    let strategyState = Channel<StrategyState>()
    let strategyOverrun = Channel<StrategyOverrun>()
    let strategyScenarioEnabled = Channel<ScenarioEnabled>()
    let strategyScenarioDisabled = Channel<ScenarioDisabled>()
    let riskApprovedIntent = Channel<ApprovedIntent>()
    let riskRejectedIntent = Channel<RejectedIntent>()
    let riskState = Channel<RiskState>()
    let execVenueReport = Channel<VenueReport>()
    let execReconciliation = Channel<ReconciliationReport>()
    let execOrderEvent = Channel<OrderEvent>()
    let portfolioPositionUpdate = Channel<PositionUpdate>()
    let portfolioAccountUpdate = Channel<AccountUpdate>()
    let stateClock = Channel<ClockEvent>()
    let stateSnapshotRequest = Channel<SnapshotRequest>()
    let stateSnapshot = Channel<StateSnapshot>()
    let stateRecovery = Channel<StateRecovery>()
    let stateJournal = Channel<JournalCondition>()
    let errorEvent = Channel<ErrorEvent>()
    let researchFeatureVectorRecorded = Channel<FeatureVectorRecorded>()
    let researchOutcomeRecorded = Channel<OutcomeRecorded>()
    let researchNewClusterFound = Channel<NewClusterFound>()
    let researchCandidateScenarioBuilt = Channel<CandidateScenarioBuilt>()
    let researchBacktestRequested = Channel<BacktestRequested>()
    let researchBacktestCompleted = Channel<BacktestCompleted>()
    let researchScenarioApproved = Channel<ScenarioApproved>()
    let researchScenarioRejected = Channel<ScenarioRejected>()

    init() {}

    deinit {
        controlCommand.free()
        controlOutcome.free()
        controlState.free()
        controlConfig.free()
        controlRollbackModel.free()
        marketConnect.free()
        marketDisconnect.free()
        marketSubscribe.free()
        marketConnected.free()
        marketDisconnected.free()
        marketError.free()
        marketTicker.free()
        marketTrade.free()
        marketOrderbookDelta.free()
        marketKline.free()
        marketOi.free()
        marketFunding.free()
        marketLiquidation.free()
        marketInstrument.free()
        marketHealth.free()
        marketClock.free()
        marketPriceLimit.free()
        marketAdlAlert.free()
        marketInsurance.free()
        marketExchangeStatus.free()
        analyticsFeatures.free()
        analyticsContext.free()
        analyticsMarketDriftDetected.free()
        strategyIntent.free()
        strategyState.free()
        strategyOverrun.free()
        strategyScenarioEnabled.free()
        strategyScenarioDisabled.free()
        riskApprovedIntent.free()
        riskRejectedIntent.free()
        riskState.free()
        execVenueReport.free()
        execReconciliation.free()
        execOrderEvent.free()
        portfolioPositionUpdate.free()
        portfolioAccountUpdate.free()
        stateClock.free()
        stateSnapshotRequest.free()
        stateSnapshot.free()
        stateRecovery.free()
        stateJournal.free()
        errorEvent.free()
        researchFeatureVectorRecorded.free()
        researchOutcomeRecorded.free()
        researchNewClusterFound.free()
        researchCandidateScenarioBuilt.free()
        researchBacktestRequested.free()
        researchBacktestCompleted.free()
        researchScenarioApproved.free()
        researchScenarioRejected.free()
    }

    /// Lets go of all who listen.
    func forgetHandlers() {
        controlCommand.forgetHandlers()
        controlOutcome.forgetHandlers()
        controlState.forgetHandlers()
        controlConfig.forgetHandlers()
        controlRollbackModel.forgetHandlers()
        marketConnect.forgetHandlers()
        marketDisconnect.forgetHandlers()
        marketSubscribe.forgetHandlers()
        marketConnected.forgetHandlers()
        marketDisconnected.forgetHandlers()
        marketError.forgetHandlers()
        marketTicker.forgetHandlers()
        marketTrade.forgetHandlers()
        marketOrderbookDelta.forgetHandlers()
        marketKline.forgetHandlers()
        marketOi.forgetHandlers()
        marketFunding.forgetHandlers()
        marketLiquidation.forgetHandlers()
        marketInstrument.forgetHandlers()
        marketHealth.forgetHandlers()
        marketClock.forgetHandlers()
        marketPriceLimit.forgetHandlers()
        marketAdlAlert.forgetHandlers()
        marketInsurance.forgetHandlers()
        marketExchangeStatus.forgetHandlers()
        analyticsFeatures.forgetHandlers()
        analyticsContext.forgetHandlers()
        analyticsMarketDriftDetected.forgetHandlers()
        strategyIntent.forgetHandlers()
        strategyState.forgetHandlers()
        strategyOverrun.forgetHandlers()
        strategyScenarioEnabled.forgetHandlers()
        strategyScenarioDisabled.forgetHandlers()
        riskApprovedIntent.forgetHandlers()
        riskRejectedIntent.forgetHandlers()
        riskState.forgetHandlers()
        execVenueReport.forgetHandlers()
        execReconciliation.forgetHandlers()
        execOrderEvent.forgetHandlers()
        portfolioPositionUpdate.forgetHandlers()
        portfolioAccountUpdate.forgetHandlers()
        stateClock.forgetHandlers()
        stateSnapshotRequest.forgetHandlers()
        stateSnapshot.forgetHandlers()
        stateRecovery.forgetHandlers()
        stateJournal.forgetHandlers()
        errorEvent.forgetHandlers()
        researchFeatureVectorRecorded.forgetHandlers()
        researchOutcomeRecorded.forgetHandlers()
        researchNewClusterFound.forgetHandlers()
        researchCandidateScenarioBuilt.forgetHandlers()
        researchBacktestRequested.forgetHandlers()
        researchBacktestCompleted.forgetHandlers()
        researchScenarioApproved.forgetHandlers()
        researchScenarioRejected.forgetHandlers()
    }

    /// Delivers the oldest waiting event of `topic`.
    func deliverNext(of topic: Topic, on bus: EventBus) {
        switch topic {
        case .controlCommand: controlCommand.deliverNext(on: bus)
        case .controlOutcome: controlOutcome.deliverNext(on: bus)
        case .controlState: controlState.deliverNext(on: bus)
        case .controlConfig: controlConfig.deliverNext(on: bus)
        case .controlRollbackModel: controlRollbackModel.deliverNext(on: bus)
        case .marketConnect: marketConnect.deliverNext(on: bus)
        case .marketDisconnect: marketDisconnect.deliverNext(on: bus)
        case .marketSubscribe: marketSubscribe.deliverNext(on: bus)
        case .marketConnected: marketConnected.deliverNext(on: bus)
        case .marketDisconnected: marketDisconnected.deliverNext(on: bus)
        case .marketError: marketError.deliverNext(on: bus)
        case .marketTicker: marketTicker.deliverNext(on: bus)
        case .marketTrade: marketTrade.deliverNext(on: bus)
        case .marketOrderbookDelta: marketOrderbookDelta.deliverNext(on: bus)
        case .marketKline: marketKline.deliverNext(on: bus)
        case .marketOi: marketOi.deliverNext(on: bus)
        case .marketFunding: marketFunding.deliverNext(on: bus)
        case .marketLiquidation: marketLiquidation.deliverNext(on: bus)
        case .marketInstrument: marketInstrument.deliverNext(on: bus)
        case .marketHealth: marketHealth.deliverNext(on: bus)
        case .marketClock: marketClock.deliverNext(on: bus)
        case .marketPriceLimit: marketPriceLimit.deliverNext(on: bus)
        case .marketAdlAlert: marketAdlAlert.deliverNext(on: bus)
        case .marketInsurance: marketInsurance.deliverNext(on: bus)
        case .marketExchangeStatus: marketExchangeStatus.deliverNext(on: bus)
        case .analyticsFeatures: analyticsFeatures.deliverNext(on: bus)
        case .analyticsContext: analyticsContext.deliverNext(on: bus)
        case .analyticsMarketDriftDetected: analyticsMarketDriftDetected.deliverNext(on: bus)
        case .strategyIntent: strategyIntent.deliverNext(on: bus)
        case .strategyState: strategyState.deliverNext(on: bus)
        case .strategyOverrun: strategyOverrun.deliverNext(on: bus)
        case .strategyScenarioEnabled: strategyScenarioEnabled.deliverNext(on: bus)
        case .strategyScenarioDisabled: strategyScenarioDisabled.deliverNext(on: bus)
        case .riskApprovedIntent: riskApprovedIntent.deliverNext(on: bus)
        case .riskRejectedIntent: riskRejectedIntent.deliverNext(on: bus)
        case .riskState: riskState.deliverNext(on: bus)
        case .execVenueReport: execVenueReport.deliverNext(on: bus)
        case .execReconciliation: execReconciliation.deliverNext(on: bus)
        case .execOrderEvent: execOrderEvent.deliverNext(on: bus)
        case .portfolioPositionUpdate: portfolioPositionUpdate.deliverNext(on: bus)
        case .portfolioAccountUpdate: portfolioAccountUpdate.deliverNext(on: bus)
        case .stateClock: stateClock.deliverNext(on: bus)
        case .stateSnapshotRequest: stateSnapshotRequest.deliverNext(on: bus)
        case .stateSnapshot: stateSnapshot.deliverNext(on: bus)
        case .stateRecovery: stateRecovery.deliverNext(on: bus)
        case .stateJournal: stateJournal.deliverNext(on: bus)
        case .errorEvent: errorEvent.deliverNext(on: bus)
        case .researchFeatureVectorRecorded: researchFeatureVectorRecorded.deliverNext(on: bus)
        case .researchOutcomeRecorded: researchOutcomeRecorded.deliverNext(on: bus)
        case .researchNewClusterFound: researchNewClusterFound.deliverNext(on: bus)
        case .researchCandidateScenarioBuilt: researchCandidateScenarioBuilt.deliverNext(on: bus)
        case .researchBacktestRequested: researchBacktestRequested.deliverNext(on: bus)
        case .researchBacktestCompleted: researchBacktestCompleted.deliverNext(on: bus)
        case .researchScenarioApproved: researchScenarioApproved.deliverNext(on: bus)
        case .researchScenarioRejected: researchScenarioRejected.deliverNext(on: bus)
        }
    }

    /// Forgets the oldest waiting event of `topic`.
    func dropNext(of topic: Topic) {
        switch topic {
        case .controlCommand: controlCommand.dropNext()
        case .controlOutcome: controlOutcome.dropNext()
        case .controlState: controlState.dropNext()
        case .controlConfig: controlConfig.dropNext()
        case .controlRollbackModel: controlRollbackModel.dropNext()
        case .marketConnect: marketConnect.dropNext()
        case .marketDisconnect: marketDisconnect.dropNext()
        case .marketSubscribe: marketSubscribe.dropNext()
        case .marketConnected: marketConnected.dropNext()
        case .marketDisconnected: marketDisconnected.dropNext()
        case .marketError: marketError.dropNext()
        case .marketTicker: marketTicker.dropNext()
        case .marketTrade: marketTrade.dropNext()
        case .marketOrderbookDelta: marketOrderbookDelta.dropNext()
        case .marketKline: marketKline.dropNext()
        case .marketOi: marketOi.dropNext()
        case .marketFunding: marketFunding.dropNext()
        case .marketLiquidation: marketLiquidation.dropNext()
        case .marketInstrument: marketInstrument.dropNext()
        case .marketHealth: marketHealth.dropNext()
        case .marketClock: marketClock.dropNext()
        case .marketPriceLimit: marketPriceLimit.dropNext()
        case .marketAdlAlert: marketAdlAlert.dropNext()
        case .marketInsurance: marketInsurance.dropNext()
        case .marketExchangeStatus: marketExchangeStatus.dropNext()
        case .analyticsFeatures: analyticsFeatures.dropNext()
        case .analyticsContext: analyticsContext.dropNext()
        case .analyticsMarketDriftDetected: analyticsMarketDriftDetected.dropNext()
        case .strategyIntent: strategyIntent.dropNext()
        case .strategyState: strategyState.dropNext()
        case .strategyOverrun: strategyOverrun.dropNext()
        case .strategyScenarioEnabled: strategyScenarioEnabled.dropNext()
        case .strategyScenarioDisabled: strategyScenarioDisabled.dropNext()
        case .riskApprovedIntent: riskApprovedIntent.dropNext()
        case .riskRejectedIntent: riskRejectedIntent.dropNext()
        case .riskState: riskState.dropNext()
        case .execVenueReport: execVenueReport.dropNext()
        case .execReconciliation: execReconciliation.dropNext()
        case .execOrderEvent: execOrderEvent.dropNext()
        case .portfolioPositionUpdate: portfolioPositionUpdate.dropNext()
        case .portfolioAccountUpdate: portfolioAccountUpdate.dropNext()
        case .stateClock: stateClock.dropNext()
        case .stateSnapshotRequest: stateSnapshotRequest.dropNext()
        case .stateSnapshot: stateSnapshot.dropNext()
        case .stateRecovery: stateRecovery.dropNext()
        case .stateJournal: stateJournal.dropNext()
        case .errorEvent: errorEvent.dropNext()
        case .researchFeatureVectorRecorded: researchFeatureVectorRecorded.dropNext()
        case .researchOutcomeRecorded: researchOutcomeRecorded.dropNext()
        case .researchNewClusterFound: researchNewClusterFound.dropNext()
        case .researchCandidateScenarioBuilt: researchCandidateScenarioBuilt.dropNext()
        case .researchBacktestRequested: researchBacktestRequested.dropNext()
        case .researchBacktestCompleted: researchBacktestCompleted.dropNext()
        case .researchScenarioApproved: researchScenarioApproved.dropNext()
        case .researchScenarioRejected: researchScenarioRejected.dropNext()
        }
    }

    /// The modules that listen to `topic`.
    package func subscribers(of topic: Topic) -> [Module] {
        switch topic {
        case .controlCommand: controlCommand.subscribers
        case .controlOutcome: controlOutcome.subscribers
        case .controlState: controlState.subscribers
        case .controlConfig: controlConfig.subscribers
        case .controlRollbackModel: controlRollbackModel.subscribers
        case .marketConnect: marketConnect.subscribers
        case .marketDisconnect: marketDisconnect.subscribers
        case .marketSubscribe: marketSubscribe.subscribers
        case .marketConnected: marketConnected.subscribers
        case .marketDisconnected: marketDisconnected.subscribers
        case .marketError: marketError.subscribers
        case .marketTicker: marketTicker.subscribers
        case .marketTrade: marketTrade.subscribers
        case .marketOrderbookDelta: marketOrderbookDelta.subscribers
        case .marketKline: marketKline.subscribers
        case .marketOi: marketOi.subscribers
        case .marketFunding: marketFunding.subscribers
        case .marketLiquidation: marketLiquidation.subscribers
        case .marketInstrument: marketInstrument.subscribers
        case .marketHealth: marketHealth.subscribers
        case .marketClock: marketClock.subscribers
        case .marketPriceLimit: marketPriceLimit.subscribers
        case .marketAdlAlert: marketAdlAlert.subscribers
        case .marketInsurance: marketInsurance.subscribers
        case .marketExchangeStatus: marketExchangeStatus.subscribers
        case .analyticsFeatures: analyticsFeatures.subscribers
        case .analyticsContext: analyticsContext.subscribers
        case .analyticsMarketDriftDetected: analyticsMarketDriftDetected.subscribers
        case .strategyIntent: strategyIntent.subscribers
        case .strategyState: strategyState.subscribers
        case .strategyOverrun: strategyOverrun.subscribers
        case .strategyScenarioEnabled: strategyScenarioEnabled.subscribers
        case .strategyScenarioDisabled: strategyScenarioDisabled.subscribers
        case .riskApprovedIntent: riskApprovedIntent.subscribers
        case .riskRejectedIntent: riskRejectedIntent.subscribers
        case .riskState: riskState.subscribers
        case .execVenueReport: execVenueReport.subscribers
        case .execReconciliation: execReconciliation.subscribers
        case .execOrderEvent: execOrderEvent.subscribers
        case .portfolioPositionUpdate: portfolioPositionUpdate.subscribers
        case .portfolioAccountUpdate: portfolioAccountUpdate.subscribers
        case .stateClock: stateClock.subscribers
        case .stateSnapshotRequest: stateSnapshotRequest.subscribers
        case .stateSnapshot: stateSnapshot.subscribers
        case .stateRecovery: stateRecovery.subscribers
        case .stateJournal: stateJournal.subscribers
        case .errorEvent: errorEvent.subscribers
        case .researchFeatureVectorRecorded: researchFeatureVectorRecorded.subscribers
        case .researchOutcomeRecorded: researchOutcomeRecorded.subscribers
        case .researchNewClusterFound: researchNewClusterFound.subscribers
        case .researchCandidateScenarioBuilt: researchCandidateScenarioBuilt.subscribers
        case .researchBacktestRequested: researchBacktestRequested.subscribers
        case .researchBacktestCompleted: researchBacktestCompleted.subscribers
        case .researchScenarioApproved: researchScenarioApproved.subscribers
        case .researchScenarioRejected: researchScenarioRejected.subscribers
        }
    }
}

extension AnyEvent {
    /// Publishes the event as a root event: one that came from outside.
    func publishRoot(on bus: EventBus) {
        switch self {
        case .controlCommand(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.controlCommand, .controlCommand, isRoot: true)
        case .controlOutcome(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.controlOutcome, .controlOutcome, isRoot: true)
        case .controlState(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.controlState, .controlState, isRoot: true)
        case .controlConfig(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.controlConfig, .controlConfig, isRoot: true)
        case .controlRollbackModel(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.controlRollbackModel, .controlRollbackModel, isRoot: true)
        case .marketConnect(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketConnect, .marketConnect, isRoot: true)
        case .marketDisconnect(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketDisconnect, .marketDisconnect, isRoot: true)
        case .marketSubscribe(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketSubscribe, .marketSubscribe, isRoot: true)
        case .marketConnected(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketConnected, .marketConnected, isRoot: true)
        case .marketDisconnected(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketDisconnected, .marketDisconnected, isRoot: true)
        case .marketError(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketError, .marketError, isRoot: true)
        case .marketTicker(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketTicker, .marketTicker, isRoot: true)
        case .marketTrade(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketTrade, .marketTrade, isRoot: true)
        case .marketOrderbookDelta(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketOrderbookDelta, .marketOrderbookDelta, isRoot: true)
        case .marketKline(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketKline, .marketKline, isRoot: true)
        case .marketOi(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketOi, .marketOi, isRoot: true)
        case .marketFunding(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketFunding, .marketFunding, isRoot: true)
        case .marketLiquidation(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketLiquidation, .marketLiquidation, isRoot: true)
        case .marketInstrument(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketInstrument, .marketInstrument, isRoot: true)
        case .marketHealth(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketHealth, .marketHealth, isRoot: true)
        case .marketClock(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketClock, .marketClock, isRoot: true)
        case .marketPriceLimit(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketPriceLimit, .marketPriceLimit, isRoot: true)
        case .marketAdlAlert(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketAdlAlert, .marketAdlAlert, isRoot: true)
        case .marketInsurance(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketInsurance, .marketInsurance, isRoot: true)
        case .marketExchangeStatus(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.marketExchangeStatus, .marketExchangeStatus, isRoot: true)
        case .analyticsFeatures(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.analyticsFeatures, .analyticsFeatures, isRoot: true)
        case .analyticsContext(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.analyticsContext, .analyticsContext, isRoot: true)
        case .analyticsMarketDriftDetected(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.analyticsMarketDriftDetected,
                .analyticsMarketDriftDetected,
                isRoot: true
            )
        case .strategyIntent(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.strategyIntent, .strategyIntent, isRoot: true)
        case .strategyState(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.strategyState, .strategyState, isRoot: true)
        case .strategyOverrun(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.strategyOverrun, .strategyOverrun, isRoot: true)
        case .strategyScenarioEnabled(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.strategyScenarioEnabled, .strategyScenarioEnabled, isRoot: true)
        case .strategyScenarioDisabled(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.strategyScenarioDisabled,
                .strategyScenarioDisabled,
                isRoot: true
            )
        case .riskApprovedIntent(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.riskApprovedIntent, .riskApprovedIntent, isRoot: true)
        case .riskRejectedIntent(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.riskRejectedIntent, .riskRejectedIntent, isRoot: true)
        case .riskState(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.riskState, .riskState, isRoot: true)
        case .execVenueReport(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.execVenueReport, .execVenueReport, isRoot: true)
        case .execReconciliation(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.execReconciliation, .execReconciliation, isRoot: true)
        case .execOrderEvent(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.execOrderEvent, .execOrderEvent, isRoot: true)
        case .portfolioPositionUpdate(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.portfolioPositionUpdate, .portfolioPositionUpdate, isRoot: true)
        case .portfolioAccountUpdate(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.portfolioAccountUpdate, .portfolioAccountUpdate, isRoot: true)
        case .stateClock(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.stateClock, .stateClock, isRoot: true)
        case .stateSnapshotRequest(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.stateSnapshotRequest, .stateSnapshotRequest, isRoot: true)
        case .stateSnapshot(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.stateSnapshot, .stateSnapshot, isRoot: true)
        case .stateRecovery(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.stateRecovery, .stateRecovery, isRoot: true)
        case .stateJournal(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.stateJournal, .stateJournal, isRoot: true)
        case .errorEvent(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.errorEvent, .errorEvent, isRoot: true)
        case .researchFeatureVectorRecorded(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.researchFeatureVectorRecorded,
                .researchFeatureVectorRecorded,
                isRoot: true
            )
        case .researchOutcomeRecorded(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.researchOutcomeRecorded, .researchOutcomeRecorded, isRoot: true)
        case .researchNewClusterFound(var event):
            bus.stamp(&event.meta)
            bus.emit(event, on: bus.channels.researchNewClusterFound, .researchNewClusterFound, isRoot: true)
        case .researchCandidateScenarioBuilt(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.researchCandidateScenarioBuilt,
                .researchCandidateScenarioBuilt,
                isRoot: true
            )
        case .researchBacktestRequested(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.researchBacktestRequested,
                .researchBacktestRequested,
                isRoot: true
            )
        case .researchBacktestCompleted(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.researchBacktestCompleted,
                .researchBacktestCompleted,
                isRoot: true
            )
        case .researchScenarioApproved(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.researchScenarioApproved,
                .researchScenarioApproved,
                isRoot: true
            )
        case .researchScenarioRejected(var event):
            bus.stamp(&event.meta)
            bus.emit(
                event,
                on: bus.channels.researchScenarioRejected,
                .researchScenarioRejected,
                isRoot: true
            )
        }
    }
}
