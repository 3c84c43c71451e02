import Contracts
import EventKernel

/// Turns the market's stream into one set of features a bar, timeframe and instrument.
///
/// The module only listens and speaks; ``FeatureCore`` computes. Bars are told in the order of their ends, the
/// shortest first.
package final class FeatureEngine {
    private unowned let kernel: Kernel
    private var core: FeatureCore
    /// By instrument, in the core's order.
    private var closeTimers: [TimerID?] = []

    package init(settings: FeatureSettings, kernel: Kernel) {
        precondition(settings.fault == nil, "the settings are checked before they get here")
        self.kernel = kernel
        core = FeatureCore(settings)
        let bus = kernel.bus
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
        let isAlone = settings.higherTimeframes.isEmpty
        bus.on(KlineEvent.self, as: .featureEngine) { kline in
            guard isAlone else { return try self.tell(try self.core.take(kline)) }
            if let features = try self.core.features(of: kline) { self.kernel.bus.publish(features) }
        }
        bus.on(SnapshotRequest.self, as: .featureEngine) { request in
            try self.keep(request.meta.answered(by: .analytics))
        }
        bus.on(StateRecovery.self, as: .featureEngine) { recovery in try self.recover(recovery.step) }
    }

    @inline(__always)
    private func tell(_ dueCount: Int) throws(FeatureError) {
        for _ in 0..<dueCount {
            if let features = try core.next() { kernel.bus.publish(features) }
        }
    }

    /// Trades and other streams overtake each other a little, so an overdue bar waits before it is closed.
    private func closeLater() {
        scheduleClose(core.place, at: kernel.now + core.settings.overdueMilliseconds)
    }

    private func scheduleClose(_ place: Int, at deadline: UnixMilliseconds) {
        core.noteClose(of: place, at: deadline)
        while closeTimers.count <= place { closeTimers.append(nil) }
        closeTimers[place] = kernel.after(milliseconds: max(1, deadline - kernel.now), as: .featureEngine) {
            self.closeTimers[place] = nil
            try self.tell(try self.core.closeOverdue(place))
            if self.core.isCloseDue { self.closeLater() }
        }
    }

    // MARK: What survives a restart

    private func keep(_ meta: EventMeta) throws(StateError) {
        let body = core.body(at: kernel.now)
        kernel.bus.publish(
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
            kernel.bus.publish(ErrorEvent(anew: .features, by: .featureEngine))
            return
        }
        for timer in closeTimers { if let timer { kernel.cancel(timer) } }
        closeTimers = []
        core = FeatureCore(resuming: body, at: kernel.now)
        for (place, deadline) in core.closeDeadlines { scheduleClose(place, at: deadline) }
    }
}
