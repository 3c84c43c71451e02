import Contracts
import EventKernel

/// Turns the market's stream into one set of features a bar, timeframe and instrument.
///
/// The module only listens and speaks; ``FeatureCore`` computes. Bars are told in the order of their ends, the
/// shortest first.
package final class FeatureEngine {
    private unowned let kernel: Kernel
    private let bus: EventBus
    private var core: FeatureCore
    /// By instrument, in the core's order.
    private var closeTimers: [TimerID?] = []

    package init(settings: FeatureSettings, kernel: Kernel) {
        precondition(settings.fault == nil, "the settings are checked before they get here")
        self.kernel = kernel
        bus = kernel.bus
        core = FeatureCore(settings)
        bus.on(TickerEvent.self, as: .featureEngine) { ticker in
            if self.core.take(ticker) { self.closeLater() }
        }
        bus.on(OpenInterestEvent.self, as: .featureEngine) { interest in
            if self.core.take(interest) { self.closeLater() }
        }
        bus.on(FundingEvent.self, as: .featureEngine) { funding in
            if self.core.take(funding) { self.closeLater() }
        }
        bus.on(OrderBookDelta.self, as: .featureEngine) { delta in
            if self.core.take(delta) { self.closeLater() }
        }
        bus.on(TradeEvent.self, as: .featureEngine) { trade in
            if self.core.join(trade) { return }
            try self.tell(try self.core.take(trade))
            if self.core.isCloseDue { self.closeLater() }
        }
        if settings.higherTimeframes.isEmpty {
            bus.on(KlineEvent.self, as: .featureEngine) { kline in
                try self.core.take(kline) { self.bus.publish($0) }
            }
        } else {
            bus.on(KlineEvent.self, as: .featureEngine) { kline in
                try self.tell(try self.core.take(kline))
            }
        }
        bus.on(SnapshotRequest.self, as: .featureEngine) { request in
            try self.keep(request.meta.answered(by: .analytics))
        }
        bus.on(StateRecovery.self, as: .featureEngine) { recovery in try self.recover(recovery.step) }
    }

    @inline(__always)
    private func tell(_ dueCount: Int) throws(FeatureError) {
        for _ in 0..<dueCount {
            try core.next { bus.publish($0) }
        }
    }

    /// Trades and other streams overtake each other a little, so an overdue bar waits before it is closed.
    private func closeLater() {
        scheduleClose(core.place, at: bus.now + core.settings.overdueMilliseconds)
    }

    private func scheduleClose(_ place: Int, at deadline: UnixMilliseconds) {
        core.noteClose(of: place, at: deadline)
        while closeTimers.count <= place { closeTimers.append(nil) }
        closeTimers[place] = kernel.after(milliseconds: max(1, deadline - bus.now), as: .featureEngine) {
            self.closeTimers[place] = nil
            try self.tell(try self.core.closeOverdue(place))
            if self.core.isCloseDue { self.closeLater() }
        }
    }

    // MARK: What survives a restart

    private func keep(_ meta: EventMeta) throws(StateError) {
        let body = core.body(at: bus.now)
        bus.publish(
            StateSnapshot(
                meta: meta,
                part: .features,
                version: FeaturesBody.version,
                body: try StateCoding.text(of: body, part: .features)
            )
        )
    }

    private func recover(_ step: borrowing StateRecovery.Step) throws(StateError) {
        guard case .restored(part: .features, let version, let text, asOf: _) = copy step else { return }
        let body = try StateCoding.read(FeaturesBody.self, text, version, part: .features)
        guard body.settings == core.settings else {
            bus.publish(ErrorEvent(anew: .features, by: .featureEngine))
            return
        }
        for timer in closeTimers { if let timer { kernel.cancel(timer) } }
        closeTimers = []
        core = FeatureCore(resuming: body, at: bus.now)
        for (place, deadline) in core.closeDeadlines { scheduleClose(place, at: deadline) }
    }
}
