import Contracts
import EventKernel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps positions and account from fills alone, and tells them whenever they change.
///
/// The module only listens and speaks; ``Portfolio`` counts.
package final class PositionManager {
    private unowned let kernel: Kernel
    private let settings: PortfolioSettings
    private var portfolio: Portfolio
    private var marks = Marks()
    private var isMarkScheduled = false
    private var isAccountTold = false
    private var lifecycle: ControlState.Lifecycle?

    package init(settings: PortfolioSettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        portfolio = Portfolio(
            startingEquity: settings.startingEquity,
            executionIDCountMax: settings.executionIDCountMax
        )
        let bus = kernel.bus
        bus.on(OrderEvent.self, as: .positionManager) { order in
            guard let fill = order.fill else { return }
            try self.book(fill, of: order)
        }
        bus.on(TickerEvent.self, as: .positionManager) { ticker in
            self.marks.take(ticker)
            self.scheduleMark(of: ticker.instrument)
        }
        bus.on(OrderBookDelta.self, as: .positionManager) { delta in
            self.marks.take(delta)
            self.scheduleMark(of: delta.instrument)
        }
        bus.on(ControlState.self, as: .positionManager) { state in try self.follow(state.lifecycle) }
        bus.on(StateRecovery.self, as: .positionManager) { recovery in try self.recover(recovery.step) }
    }

    private func book(_ fill: Fill, of order: borrowing OrderEvent) throws {
        do throws(NumberError) {
            let mark = marks.price(of: order.instrument)
            guard try portfolio.book(fill, order.side, of: order.instrument, mark: mark) else { return }
            try tell(order.instrument, order.meta.answered(by: .trading))
        } catch {
            throw PortfolioError.fill(order.orderID, error)
        }
        try keep(order.meta.answered(by: .trading))
    }

    private func follow(_ lifecycle: ControlState.Lifecycle) throws {
        defer { self.lifecycle = lifecycle }
        switch lifecycle {
        case .running, .paused:
            // Where nothing was recovered, the account is told once before anything is decided.
            if !isAccountTold { try tellAccount(EventMeta(source: .trading)) }
        case .stopping:
            if self.lifecycle != .stopping { try keep(EventMeta(source: .trading)) }
        case .starting, .recovering, .stopped, .failed: break
        }
    }

    private func recover(_ step: StateRecovery.Step) throws {
        switch step {
        case .restored(part: .portfolio, let version, let body, asOf: _): try restore(body, version)
        case .done: if !isAccountTold { try tellAccount(EventMeta(source: .trading)) }
        case .requested, .restored, .failed: break
        }
    }

    private func restore(_ body: String, _ version: Int) throws {
        guard version == PortfolioBody.version else {
            throw PortfolioError.version(version, known: PortfolioBody.version)
        }
        let decoded: PortfolioBody
        do {
            decoded = try JSONDecoder().decode(PortfolioBody.self, from: Data(body.utf8))
        } catch {
            throw PortfolioError.unreadable(why: String(describing: error))
        }
        portfolio = Portfolio(restoring: decoded, executionIDCountMax: settings.executionIDCountMax)
        for instrument in portfolio.instruments {
            kernel.bus.publish(try portfolio.update(of: instrument, meta: EventMeta(source: .trading)))
        }
        try tellAccount(EventMeta(source: .trading))
    }

    private func tell(_ instrument: Instrument, _ meta: EventMeta) throws(NumberError) {
        kernel.bus.publish(try portfolio.update(of: instrument, meta: meta))
        try tellAccount(meta)
    }

    private func tellAccount(_ meta: EventMeta) throws(NumberError) {
        isAccountTold = true
        kernel.bus.publish(try portfolio.account(meta: meta, marginRate: settings.marginRate))
    }

    /// Has the whole of the books kept.
    private func keep(_ meta: EventMeta) throws(PortfolioError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            let body = String(decoding: try encoder.encode(portfolio.body), as: UTF8.self)
            kernel.bus.publish(
                StateSnapshot(meta: meta, part: .portfolio, version: PortfolioBody.version, body: body)
            )
        } catch {
            throw .unwritable(why: String(describing: error))
        }
    }

    /// Marks of a position that is held are told, but not each one.
    private func scheduleMark(of instrument: Instrument) {
        guard !isMarkScheduled, let position = portfolio.positions[instrument], !position.quantity.isZero
        else { return }
        isMarkScheduled = true
        kernel.after(milliseconds: settings.markIntervalMilliseconds, as: .positionManager) {
            self.isMarkScheduled = false
            try self.markAll()
        }
    }

    private func markAll() throws {
        var hasChanged = false
        for instrument in portfolio.instruments {
            guard let price = marks.price(of: instrument), portfolio.mark(instrument, at: price) else {
                continue
            }
            hasChanged = true
            kernel.bus.publish(try portfolio.update(of: instrument, meta: EventMeta(source: .trading)))
        }
        if hasChanged { try tellAccount(EventMeta(source: .trading)) }
    }
}
