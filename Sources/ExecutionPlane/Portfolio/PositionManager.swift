import Contracts
import EventKernel

/// Keeps positions and account from fills and fundings alone, and tells them whenever they change.
///
/// The module only listens and speaks; ``Portfolio`` counts. It is made before the paper venue: then what a price makes
/// of a position is told before the fills that the same price causes, and never states books that are behind them.
package final class PositionManager {
    private let bus: EventBus
    private let settings: PortfolioSettings
    private var portfolio: Portfolio
    private var isAccountTold = false
    private var lifecycle: ControlState.Lifecycle?

    package init(settings: PortfolioSettings, kernel: Kernel) {
        bus = kernel.bus
        self.settings = settings
        portfolio = Portfolio(settings: settings)
        hearTrading()
        hearMarket()
        hearLifecycle()
    }

    private func hearTrading() {
        bus.on(OrderEvent.self, as: .positionManager) { order in
            guard let fill = order.fill else { return }
            let isNew = try self.portfolio.book(fill, of: order) { self.tell($0, $1) }
            if isNew, self.settings.keepsEachFill { try self.keep(order.meta.answered(by: .trading)) }
        }
        bus.on(VenueReport.self, as: .positionManager) { report in
            guard case .funding(let payment) = report.kind else { return }
            let isNew = try self.portfolio.settle(payment, of: report.instrument, report.meta.correlationID) {
                self.tell($0, $1)
            }
            if isNew, self.settings.keepsEachFill { try self.keep(report.meta.answered(by: .trading)) }
        }
    }

    private func hearMarket() {
        bus.on(InstrumentSpec.self, as: .positionManager) { spec in self.portfolio.note(spec) }
        bus.on(TickerEvent.self, as: .positionManager) { ticker in
            guard let line = self.portfolio.note(ticker) else { return }
            try self.tellMark(at: line, now: ticker.meta.ts)
        }
        bus.on(TradeEvent.self, as: .positionManager) { trade in
            guard let line = self.portfolio.note(trade) else { return }
            try self.tellMark(at: line, now: trade.meta.ts)
        }
        bus.on(OrderBookDelta.self, as: .positionManager) { delta in
            guard let line = self.portfolio.note(delta) else { return }
            try self.tellMark(at: line, now: delta.meta.ts)
        }
        bus.on(KlineEvent.self, as: .positionManager) { candle in
            // A growing candle is noted, a closed one is told.
            guard let line = self.portfolio.note(candle), candle.isConfirmed else { return }
            try self.tellMark(at: line, now: candle.meta.ts)
        }
    }

    private func hearLifecycle() {
        bus.on(ControlState.self, as: .positionManager) { state in try self.follow(state.lifecycle) }
        bus.on(StateRecovery.self, as: .positionManager) { recovery in try self.recover(recovery.step) }
        bus.on(SnapshotRequest.self, as: .positionManager) { request in
            try self.keep(request.meta.answered(by: .trading))
        }
    }

    private func follow(_ lifecycle: ControlState.Lifecycle) throws {
        defer { self.lifecycle = lifecycle }
        switch lifecycle {
        case .running, .paused:
            // Where nothing was recovered, the account is told once before anything is decided.
            if !isAccountTold { try tellAccount() }
        case .stopping:
            if self.lifecycle != .stopping { try keep(EventMeta(source: .trading)) }
        case .starting, .recovering, .stopped, .failed: break
        }
    }

    private func recover(_ step: StateRecovery.Step) throws {
        switch step {
        case .restored(part: .portfolio, let version, let body, asOf: _):
            portfolio = try Portfolio(restoring: body, version: version, settings: settings)
            for place in portfolio.positions.indices {
                bus.publish(portfolio.positionUpdate(at: place, EventMeta(source: .trading)))
            }
            try tellAccount()
        case .done: if !isAccountTold { try tellAccount() }
        case .requested, .restored, .ordersLost, .failed: break
        }
    }

    private func tell(_ position: PositionUpdate, _ account: AccountUpdate) {
        isAccountTold = true
        bus.publish(position)
        bus.publish(account)
    }

    /// Marks of what is held are told, but not each one.
    private func tellMark(at line: Int, now: UnixMilliseconds) throws(PortfolioError) {
        if try portfolio.revalue(at: line, now: now, tell: { bus.publish($0) }) { try tellAccount() }
    }

    private func tellAccount() throws(PortfolioError) {
        isAccountTold = true
        do throws(NumberError) {
            bus.publish(try portfolio.accountUpdate(EventMeta(source: .trading)))
        } catch {
            throw .account(error)
        }
    }

    /// Has the whole of the books kept.
    private func keep(_ meta: EventMeta) throws(PortfolioError) {
        bus.publish(
            StateSnapshot(
                meta: meta,
                part: .portfolio,
                version: PortfolioBody.version,
                body: try portfolio.text
            )
        )
    }
}
