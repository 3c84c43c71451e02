import Contracts
import EventKernel

/// The gate between a strategy's wish and an order: nothing trades that it has not approved.
///
/// The module only listens and speaks; ``RiskChain`` decides.
package final class RiskManager {
    private unowned let kernel: Kernel
    private let limits: RiskLimits
    private var chain: RiskChain
    private var rejectionCounts: [RiskCheck: Int] = [:]
    private var told: RiskState?
    private var isStateScheduled = false

    package init(limits: RiskLimits, kernel: Kernel) {
        self.kernel = kernel
        self.limits = limits
        self.chain = RiskChain(limits: limits)
        let bus = kernel.bus
        bus.on(ControlState.self, as: .riskManager) { state in
            self.chain.book.lifecycle = state.lifecycle
            self.chain.book.isPaused = state.isPaused
        }
        bus.on(InstrumentSpec.self, as: .riskManager) { spec in
            self.chain.book.specs[spec.instrument] = copy spec
        }
        bus.on(FeedHealth.self, as: .riskManager) { health in
            self.chain.book.feeds[health.instrument] = health.state
        }
        bus.on(PriceLimit.self, as: .riskManager) { limit in
            self.chain.book.priceLimits[limit.instrument] = copy limit
        }
        bus.on(MarketContext.self, as: .riskManager) { context in
            self.chain.book.volatility[context.instrument] = context.volatility
        }
        bus.on(OrderEvent.self, as: .riskManager) { order in
            try self.chain.book.take(order)
            if order.fill != nil { self.scheduleState() }
        }
        bus.on(PositionUpdate.self, as: .riskManager) { update in self.chain.book.take(update) }
        bus.on(AccountUpdate.self, as: .riskManager) { account in self.take(account) }
        bus.on(StrategyIntent.self, as: .riskManager) { intent in self.answer(copy intent) }
    }

    private func answer(_ intent: StrategyIntent) {
        switch chain.decide(on: intent, at: kernel.now) {
        case .approve(let proposal, let verdicts):
            kernel.bus.publish(
                ApprovedIntent(
                    answering: intent,
                    targetQuantity: proposal.target,
                    isShrunk: proposal.isShrunk,
                    verdicts: verdicts
                )
            )
        case .reject(let refusal):
            rejectionCounts[refusal.failed.check, default: 0] += 1
            kernel.bus.publish(
                RejectedIntent(answering: intent, failed: refusal.failed, reason: refusal.reason)
            )
        }
        scheduleState()
    }

    /// A halt, and its end, is told at once.
    private func take(_ account: borrowing AccountUpdate) {
        chain.book.equity = account.equity
        let isHalted = chain.book.haltReason(limits) != nil
        if isHalted != (told?.isHalted ?? false) { publishState() }
    }

    private func scheduleState() {
        guard !isStateScheduled else { return }
        isStateScheduled = true
        kernel.after(milliseconds: limits.stateIntervalMilliseconds, as: .riskManager) {
            self.isStateScheduled = false
            self.publishState()
        }
    }

    private func publishState() {
        let haltReason = chain.book.haltReason(limits)
        // A sum that cannot be computed refuses every intent; the state shows the limit as used up.
        let gross = (try? chain.book.grossNotional(at: kernel.now)) ?? limits.grossNotionalMax
        let state = RiskState(
            meta: EventMeta(source: .risk),
            isHalted: haltReason != nil,
            haltReason: haltReason,
            grossNotional: gross,
            grossNotionalMax: limits.grossNotionalMax,
            rejections: RiskCheck.allCases.compactMap { check in
                rejectionCounts[check].map { RejectionCount(check: check, count: $0) }
            }
        )
        guard state != told else { return }
        told = state
        kernel.bus.publish(state)
    }
}
