import Contracts
import EventKernel

/// Takes the digests of a run as its events are delivered, which is the order they are numbered in.
final class RunDigests {
    private(set) var decisions = DecisionDigest()
    private(set) var events: EventDigest?
    /// Where each decision left the digest, where somebody compares runs.
    private(set) var log: DecisionLog?

    /// Listens on `bus`; the digest of all events, and the log, only where they are wanted.
    init(includesAll: Bool, log: DecisionLog? = nil, bus: EventBus) {
        events = includesAll ? EventDigest() : nil
        self.log = log
        hearDecisions(bus)
        guard includesAll else { return }
        hearMarket(bus)
        hearOthers(bus)
    }

    private func hearDecisions(_ bus: EventBus) {
        bus.on(StrategyIntent.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(StrategyState.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(StrategyOverrun.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(ScenarioEnabled.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(ScenarioDisabled.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(ApprovedIntent.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(RejectedIntent.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(RiskState.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(VenueReport.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(ReconciliationReport.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(OrderEvent.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(PositionUpdate.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
        bus.on(AccountUpdate.self, as: .backtestHost) { event in
            self.decisions.note(event)
            self.follow()
        }
    }

    /// What comes after each decision.
    @inline(__always)
    private func follow() {
        events?.note(decisions)
        log?.append(at: decisions.newest.ts, decisions.hash.word)
    }

    private func hearMarket(_ bus: EventBus) {
        bus.on(TradeEvent.self, as: .backtestHost) { self.events?.note($0) }
        bus.on(KlineEvent.self, as: .backtestHost) { self.events?.note($0) }
        bus.on(OrderBookDelta.self, as: .backtestHost) { self.events?.note($0) }
        bus.on(TickerEvent.self, as: .backtestHost) { self.events?.note($0) }
        bus.on(FundingEvent.self, as: .backtestHost) { self.events?.note($0) }
        bus.on(FeatureSet.self, as: .backtestHost) { self.events?.note($0) }
    }

    private func hearOthers(_ bus: EventBus) {
        hear(
            bus,
            ControlCommand.self,
            CommandOutcome.self,
            ControlState.self,
            ConfigApplied.self,
            OpenInterestEvent.self,
            LiquidationEvent.self,
            InstrumentSpec.self,
            FeedHealth.self,
            ClockOffset.self,
            PriceLimit.self,
            AutoDeleverageAlert.self,
            InsuranceUpdate.self,
            ExchangeStatus.self,
            MarketContext.self,
            MarketDriftDetected.self,
            ClockEvent.self,
            SnapshotRequest.self,
            StateSnapshot.self,
            StateRecovery.self,
            ErrorEvent.self
        )
    }

    private func hear<each Payload: BusEvent>(_ bus: EventBus, _ types: repeat (each Payload).Type) {
        for type in repeat each types { hearOne(bus, type) }
    }

    private func hearOne<Payload: BusEvent>(_ bus: EventBus, _ type: Payload.Type) {
        bus.on(type, as: .backtestHost) { self.events?.note(other: copy $0) }
    }
}
