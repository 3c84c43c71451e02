import Contracts
import EventKernel

extension EventBus {
    /// Publishes the event by the `publish(_:)` of its own type, as a module does.
    func publishTyped(_ event: AnyEvent) {
        switch event {
        case .controlCommand(let event): publish(event)
        case .controlOutcome(let event): publish(event)
        case .controlState(let event): publish(event)
        case .controlConfig(let event): publish(event)
        case .controlRollbackModel(let event): publish(event)
        case .marketConnect(let event): publish(event)
        case .marketDisconnect(let event): publish(event)
        case .marketSubscribe(let event): publish(event)
        case .marketConnected(let event): publish(event)
        case .marketDisconnected(let event): publish(event)
        case .marketError(let event): publish(event)
        case .marketTicker(let event): publish(event)
        case .marketTrade(let event): publish(event)
        case .marketOrderbookDelta(let event): publish(event)
        case .marketKline(let event): publish(event)
        case .marketOi(let event): publish(event)
        case .marketFunding(let event): publish(event)
        case .marketLiquidation(let event): publish(event)
        case .marketInstrument(let event): publish(event)
        case .marketHealth(let event): publish(event)
        case .marketClock(let event): publish(event)
        case .marketPriceLimit(let event): publish(event)
        case .marketAdlAlert(let event): publish(event)
        case .marketInsurance(let event): publish(event)
        case .marketExchangeStatus(let event): publish(event)
        case .analyticsFeatures(let event): publish(event)
        case .analyticsContext(let event): publish(event)
        case .analyticsMarketDriftDetected(let event): publish(event)
        case .strategyIntent(let event): publish(event)
        case .strategyState(let event): publish(event)
        case .strategyOverrun(let event): publish(event)
        case .strategyScenarioEnabled(let event): publish(event)
        case .strategyScenarioDisabled(let event): publish(event)
        case .riskApprovedIntent(let event): publish(event)
        case .riskRejectedIntent(let event): publish(event)
        case .riskState(let event): publish(event)
        case .execVenueReport(let event): publish(event)
        case .execReconciliation(let event): publish(event)
        case .execOrderEvent(let event): publish(event)
        case .portfolioPositionUpdate(let event): publish(event)
        case .portfolioAccountUpdate(let event): publish(event)
        case .stateClock(let event): publish(event)
        case .stateSnapshotRequest(let event): publish(event)
        case .stateSnapshot(let event): publish(event)
        case .stateRecovery(let event): publish(event)
        case .stateJournal(let event): publish(event)
        case .errorEvent(let event): publish(event)
        case .researchFeatureVectorRecorded(let event): publish(event)
        case .researchOutcomeRecorded(let event): publish(event)
        case .researchNewClusterFound(let event): publish(event)
        case .researchCandidateScenarioBuilt(let event): publish(event)
        case .researchBacktestRequested(let event): publish(event)
        case .researchBacktestCompleted(let event): publish(event)
        case .researchScenarioApproved(let event): publish(event)
        case .researchScenarioRejected(let event): publish(event)
        }
    }

    /// Has `handler` hear every event of the type of `sample`.
    func listen(like sample: AnyEvent, as module: Module, _ handler: @escaping (AnyEvent) throws -> Void) {
        sample.encodePayload { payload in
            if let payload = payload as? any BusEvent { listen(payload, module, handler) }
        }
    }

    private func listen<Payload: BusEvent>(
        _ sample: Payload,
        _ module: Module,
        _ handler: @escaping (AnyEvent) throws -> Void
    ) {
        on(Payload.self, as: module) { event in try handler((copy event).erased) }
    }
}
