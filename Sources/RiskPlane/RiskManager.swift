import Contracts
import EventKernel

/// The gate between a strategy's wish and an order: nothing trades that it has not approved.
///
/// The module only listens and speaks; ``RiskChain`` decides.
package final class RiskManager {
    unowned let kernel: Kernel
    let bus: EventBus
    let limits: RiskLimits
    var chain: RiskChain
    var rejectionCounts: [RiskCheck: Int] = [:]
    var told: RiskState?
    var isStateScheduled = false
    /// The halts that the last `risk:state` and the last snapshot knew.
    var toldHalts: [RiskHalt.Kind] = []
    var keptHalts: [RiskHalt.Kind] = []
    /// Whether this recovery brings those back who follow the orders of the last run.
    var areOrdersRestored = false
    /// When what was kept of risk was kept.
    var keptAt: UnixMilliseconds?
    /// When the day ends whose losses halt, as far as a timer is set for it.
    var dayEnd: UnixMilliseconds?

    package convenience init(limits: RiskLimits, kernel: Kernel) {
        self.init(RiskChain(limits: limits), kernel: kernel)
    }

    /// Decides by `chain`; the tests come in here with a check left out.
    init(_ chain: consuming RiskChain, kernel: Kernel) {
        self.kernel = kernel
        bus = kernel.bus
        limits = chain.book.limits
        self.chain = chain
        listenToControl(kernel.bus)
        listenToMarket(kernel.bus)
        listenToBooks(kernel.bus)
        kernel.bus.on(StrategyIntent.self, as: .riskManager) { intent in try self.answer(copy intent) }
    }

    private func listenToControl(_ bus: EventBus) {
        bus.on(ControlState.self, as: .riskManager) { state in
            self.chain.book.lifecycle = state.lifecycle
            self.chain.book.isPaused = state.isPaused
        }
        bus.on(ControlCommand.self, as: .riskManager) { command in
            if command.command == .riskReset { try self.reset(on: copy command) }
        }
        bus.on(JournalCondition.self, as: .riskManager) { condition in
            self.chain.book.take(condition)
            try self.followHalts()
        }
        bus.on(StateRecovery.self, as: .riskManager) { recovery in try self.recover(recovery.step) }
        bus.on(SnapshotRequest.self, as: .riskManager) { request in
            try self.keep(request.meta.answered(by: .risk))
        }
    }

    private func listenToMarket(_ bus: EventBus) {
        let (keepsBooks, keepsReturns) = (limits.slippageMax != nil, limits.correlatedNotionalMax != nil)
        bus.on(TickerEvent.self, as: .riskManager) { ticker in self.chain.book.take(ticker) }
        bus.on(OrderBookDelta.self, as: .riskManager) { delta in
            if keepsBooks { self.chain.book.take(delta) }
        }
        bus.on(FeatureSet.self, as: .riskManager) { features in self.hear(features, keepsReturns) }
        bus.on(FundingEvent.self, as: .riskManager) { funding in self.chain.book.take(funding) }
        bus.on(InstrumentSpec.self, as: .riskManager) { spec in self.chain.book.take(spec) }
        bus.on(FeedHealth.self, as: .riskManager) { health in self.chain.book.take(health) }
        bus.on(ClockOffset.self, as: .riskManager) { offset in self.chain.book.take(offset) }
        bus.on(PriceLimit.self, as: .riskManager) { limit in self.chain.book.take(limit) }
        bus.on(ExchangeStatus.self, as: .riskManager) { status in self.chain.book.maintenance.take(status) }
        bus.on(MarketContext.self, as: .riskManager) { context in self.chain.book.take(context) }
    }

    private func listenToBooks(_ bus: EventBus) {
        bus.on(OrderEvent.self, as: .riskManager) { order in
            try self.chain.book.take(order)
            if order.fill != nil { self.scheduleState() }
            try self.followHalts()
        }
        bus.on(PositionUpdate.self, as: .riskManager) { update in try self.chain.book.take(update) }
        bus.on(AccountUpdate.self, as: .riskManager) { account in
            try self.chain.book.take(account)
            self.scheduleState()
            try self.followHalts()
        }
    }

    @inline(never)
    private func hear(_ features: borrowing FeatureSet, _ keepsReturns: Bool) {
        if keepsReturns { chain.book.take(features) }
    }

    private func answer(_ intent: StrategyIntent) throws {
        switch chain.decide(on: intent, at: bus.now) {
        case .approve(let target, let isShrunk, let verdicts):
            bus.publish(
                ApprovedIntent(
                    answering: intent,
                    targetQuantity: target,
                    isShrunk: isShrunk,
                    verdicts: verdicts
                )
            )
        case .reject(let refusal):
            rejectionCounts[refusal.failed.check, default: 0] += 1
            bus.publish(
                RejectedIntent(answering: intent, failed: refusal.failed, reason: refusal.reason)
            )
        }
        scheduleState()
        try followHalts()
    }
}
