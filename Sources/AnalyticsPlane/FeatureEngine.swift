import Contracts
import EventKernel

/// Turns the market's stream into one set of features a bar, timeframe and instrument.
///
/// The module only listens and speaks; ``InstrumentFeatures`` computes. Bars are told in the order of their ends, the
/// shortest first.
package final class FeatureEngine {
    private unowned let kernel: Kernel
    private let settings: FeatureSettings
    private let wants: FeatureWants
    private let frameCount: Int
    private var table = InstrumentTable<InstrumentFeatures>()
    private var timers: [TimerID?] = []

    package init(settings: FeatureSettings, kernel: Kernel) {
        precondition(settings.fault == nil, "the settings are checked before they get here")
        self.kernel = kernel
        self.settings = settings
        wants = FeatureWants(settings)
        frameCount = 1 + settings.higherTimeframes.count
        let bus = kernel.bus
        bus.on(TickerEvent.self, as: .featureEngine) { ticker in self.take(ticker) }
        bus.on(OpenInterestEvent.self, as: .featureEngine) { interest in self.take(interest) }
        bus.on(FundingEvent.self, as: .featureEngine) { funding in self.take(funding) }
        bus.on(OrderBookDelta.self, as: .featureEngine) { delta in self.take(delta) }
        bus.on(TradeEvent.self, as: .featureEngine) { trade in try self.take(trade) }
        bus.on(KlineEvent.self, as: .featureEngine) { kline in try self.take(kline) }
        bus.on(SnapshotRequest.self, as: .featureEngine) { _ in try self.keep() }
        bus.on(StateRecovery.self, as: .featureEngine) { recovery in try self.recover(recovery.step) }
    }

    // MARK: What streams

    private func take(_ ticker: borrowing TickerEvent) {
        guard wants.time || wants.basis else { return }
        let place = place(of: ticker.instrument)
        table[place].see(ticker.exchangeTime)
        if wants.basis { table[place].market.take(ticker) }
        closeLater(place)
    }

    private func take(_ interest: borrowing OpenInterestEvent) {
        guard wants.time || wants.openInterest else { return }
        let place = place(of: interest.instrument)
        table[place].see(interest.exchangeTime)
        table[place].market.take(interest)
        closeLater(place)
    }

    private func take(_ funding: borrowing FundingEvent) {
        guard wants.time || wants.funding else { return }
        let place = place(of: funding.instrument)
        table[place].see(funding.exchangeTime)
        table[place].market.take(funding)
        closeLater(place)
    }

    private func take(_ delta: borrowing OrderBookDelta) {
        guard wants.time || wants.book else { return }
        let place = place(of: delta.instrument)
        table[place].see(delta.exchangeTime)
        if wants.book { table[place].market.book.apply(delta) }
        closeLater(place)
    }

    private func take(_ trade: borrowing TradeEvent) throws(FeatureError) {
        guard wants.trades else { return }
        let place = place(of: trade.instrument)
        do throws(FeatureError) {
            if let bar = try table[place].take(trade, wants) { try close(bar, at: place) }
            // A trade that begins a bar ends all that should have been over before.
            if frameCount > 1 { try closeLonger(at: table[place].openStart, place) }
        } catch {
            table[place].isOut = true
            throw error
        }
        closeLater(place)
    }

    private func take(_ kline: borrowing KlineEvent) throws(FeatureError) {
        guard kline.isConfirmed, kline.minutes == wants.candleMinutes else { return }
        let place = place(of: kline.instrument)
        do throws(FeatureError) {
            if let bar = try table[place].take(kline) { try close(bar, at: place) }
        } catch {
            table[place].isOut = true
            throw error
        }
    }

    @inline(__always)
    private func place(of instrument: Instrument) -> Int {
        table.place(of: instrument, orAdd: InstrumentFeatures(instrument, settings))
    }

    // MARK: What closes

    private func close(_ bar: Bar, at place: Int) throws(FeatureError) {
        if wants.book { table[place].market.book.read(settings) }
        try closeLonger(at: bar.start, place)
        try speak(bar, 0, place)
        for frame in 1..<frameCount {
            if let longer = try table[place].join(bar, to: frame) { try speak(longer, frame, place) }
        }
    }

    /// Longer bars whose last part never came are over all the same.
    private func closeLonger(at time: UnixMilliseconds, _ place: Int) throws(FeatureError) {
        guard table[place].longerEnd <= time else { return }
        for frame in 1..<frameCount {
            if let longer = table[place].closeLonger(frame, at: time) { try speak(longer, frame, place) }
        }
    }

    private func speak(_ bar: Bar, _ frame: Int, _ place: Int) throws(FeatureError) {
        let features = try table[place].features(of: bar, in: frame, wants)
        // A bar of the past warms the indicators up; nobody may act on it as if it were new.
        if bar.isLive { kernel.bus.publish(features) }
    }

    /// Trades and other streams overtake each other a little, so an overdue bar waits before it is closed.
    @inline(__always)
    private func closeLater(_ place: Int) {
        if wants.time, table[place].isCloseDue {
            scheduleClose(place, at: kernel.now + settings.overdueMilliseconds)
        }
    }

    private func scheduleClose(_ place: Int, at deadline: UnixMilliseconds) {
        table[place].closeDeadline = deadline
        while timers.count <= place { timers.append(nil) }
        timers[place] = kernel.after(milliseconds: max(1, deadline - kernel.now), as: .featureEngine) {
            self.timers[place] = nil
            try self.closeOverdue(place)
        }
    }

    private func closeOverdue(_ place: Int) throws(FeatureError) {
        table[place].closeDeadline = nil
        do throws(FeatureError) {
            if let bar = try table[place].closeOverdueBar() { try close(bar, at: place) }
            try closeLonger(at: table[place].exchangeTime, place)
        } catch {
            table[place].isOut = true
            throw error
        }
        closeLater(place)
    }

    // MARK: What survives a restart

    private func keep() throws(StateError) {
        let instruments = table.values.filter { !$0.isOut }
        let body = FeaturesBody(settings: settings, takenAt: kernel.now, instruments: Array(instruments))
        kernel.bus.publish(
            StateSnapshot(
                meta: EventMeta(source: .analytics),
                part: .features,
                version: FeaturesBody.version,
                body: try StateCoding.text(of: body, part: .features)
            )
        )
    }

    private func recover(_ step: borrowing StateRecovery.Step) throws(StateError) {
        guard case .restored(part: .features, let version, let text, asOf: _) = copy step else { return }
        let body = try StateCoding.read(FeaturesBody.self, text, version, part: .features)
        guard body.settings == settings else {
            kernel.bus.publish(ErrorEvent(anew: .features, by: .featureEngine))
            return
        }
        for timer in timers { if let timer { kernel.cancel(timer) } }
        timers = []
        table = InstrumentTable()
        let isLate = kernel.now - body.takenAt > settings.overdueMilliseconds
        for var state in body.instruments {
            state.resume()
            if isLate { state.markPast(at: kernel.now, overdueMilliseconds: settings.overdueMilliseconds) }
            let place = table.place(of: state.instrument, orAdd: state)
            if let deadline = state.closeDeadline { scheduleClose(place, at: deadline) }
        }
    }
}
