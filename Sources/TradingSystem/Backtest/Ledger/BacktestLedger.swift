import Contracts
import EventKernel
import ExecutionPlane

/// Keeps account of a run from its events alone: what was decided, filled, won and lost.
///
/// It hears every event after the planes and publishes nothing, so that a run with it and one without are the same.
final class BacktestLedger {
    private let settings: BacktestSettings
    private var intents = IntentMemory()
    private(set) var trips: TripBook
    private(set) var curve: EquityCurve
    private(set) var regimes = RegimeMeter()
    private(set) var strategies = StrategyTally()
    private(set) var rejections: [RiskCheck: Int] = [:]
    private(set) var fills: [BacktestFill] = []
    private(set) var fillCount = 0
    private(set) var orderCount = 0
    private(set) var errors: [ErrorEvent] = []
    private var tally = Tally()
    private(set) var account: AccountUpdate?
    private var holdings = HoldingBook()
    private var equity: Double
    /// A close whose value is noted before anything else happens.
    private var pendingClose: UnixMilliseconds?

    init(_ settings: BacktestSettings, hasCandles: Bool, kernel: Kernel) {
        self.settings = settings
        trips = TripBook(keepsAll: settings.keepsTrades)
        equity = settings.portfolio.startingEquity.approximate
        curve = EquityCurve(start: equity, spacing: settings.curveMilliseconds)
        hearDecisions(kernel.bus)
        hearTrading(kernel.bus)
        hearBooks(kernel.bus)
        if hasCandles { hearCandles(kernel.bus) } else { watchClock(kernel) }
    }

    private func hearDecisions(_ bus: EventBus) {
        bus.on(StrategyIntent.self, as: .backtestHost) { intent in
            self.intents.note(intent)
            self.strategies.note(intent)
            self.tally.intents += 1
        }
        bus.on(StrategyState.self, as: .backtestHost) { _ in self.tally.states += 1 }
        bus.on(ApprovedIntent.self, as: .backtestHost) { _ in
            self.tally.approved += 1
        }
        bus.on(RejectedIntent.self, as: .backtestHost) { rejected in
            self.rejections[rejected.failed.check, default: 0] += 1
            self.strategies.note(rejected)
            self.tally.rejected += 1
        }
        bus.on(RiskState.self, as: .backtestHost) { _ in self.tally.riskStates += 1 }
        bus.on(MarketContext.self, as: .backtestHost) { context in
            self.regimes.note(context)
            self.tally.contexts += 1
        }
        bus.on(ErrorEvent.self, as: .backtestHost) { error in
            if self.errors.count < DataLimits.errorsMax { self.errors.append(copy error) }
            self.tally.errors += 1
        }
    }

    private func hearTrading(_ bus: EventBus) {
        bus.on(OrderEvent.self, as: .backtestHost) { order in
            self.tally.orders += 1
            if order.state == .submitting { self.orderCount += 1 }
            if let fill = order.fill { try self.book(fill, of: order) }
        }
        bus.on(VenueReport.self, as: .backtestHost) { report in
            self.tally.reports += 1
            guard case .funding(let payment) = report.kind else { return }
            try self.trips.settle(payment, of: report.instrument)
        }
    }

    private func hearBooks(_ bus: EventBus) {
        bus.on(PositionUpdate.self, as: .backtestHost) { update in
            self.holdings.note(update)
            self.tally.positions += 1
        }
        bus.on(AccountUpdate.self, as: .backtestHost) { account in
            if let close = self.pendingClose, account.meta.ts > close { self.noteClose() }
            self.account = copy account
            self.tally.accounts += 1
        }
    }

    private func hearCandles(_ bus: EventBus) {
        bus.on(KlineEvent.self, as: .backtestHost) { candle in
            let (isConfirmed, time) = (candle.isConfirmed, candle.meta.ts)
            if let close = self.pendingClose, !isConfirmed || time > close { self.noteClose() }
            guard isConfirmed, !candle.isBackfill else { return }
            self.holdings.note(close: candle.close, of: candle.instrument)
            self.trips.see(candle.instrument, high: candle.high, low: candle.low)
            self.pendingClose = time
        }
        // Funding is settled at these; what it takes belongs to the bar that begins.
        bus.on(TickerEvent.self, as: .backtestHost) { _ in self.noteClose() }
    }

    /// Without candles the account is looked at each minute.
    private func watchClock(_ kernel: Kernel) {
        let interval = settings.curveMilliseconds ?? 60_000
        kernel.every(milliseconds: interval, as: .backtestHost) { [unowned kernel] in
            self.pendingClose = kernel.now
            self.noteClose()
        }
    }

    /// How many events of each topic the planes have published; counted one by one, since a look-up costs more.
    private struct Tally {
        var (intents, states, approved, rejected, riskStates, contexts) = (0, 0, 0, 0, 0, 0)
        var (orders, reports, positions, accounts, errors) = (0, 0, 0, 0, 0)
    }

    /// How many events of each topic the planes have published; topics without one are left out.
    var counts: [Topic: Int] {
        let all: [Topic: Int] = [
            .strategyIntent: tally.intents, .strategyState: tally.states,
            .riskApprovedIntent: tally.approved, .riskRejectedIntent: tally.rejected,
            .riskState: tally.riskStates, .analyticsContext: tally.contexts,
            .execOrderEvent: tally.orders, .execVenueReport: tally.reports,
            .portfolioPositionUpdate: tally.positions, .portfolioAccountUpdate: tally.accounts,
            .errorEvent: tally.errors,
        ]
        return all.filter { $0.value > 0 }
    }
}

extension BacktestLedger {
    /// Ends the account at `time`.
    func finish(at time: UnixMilliseconds) {
        if pendingClose == nil, curve.points.last.map({ $0.time < time }) ?? true { pendingClose = time }
        noteClose(isLast: true)
    }

    private func noteClose(isLast: Bool = false) {
        guard let time = pendingClose else { return }
        pendingClose = nil
        guard isLast || curve.wants(time) else { return }
        let value =
            (account?.equity ?? settings.portfolio.startingEquity).approximate + holdings.valueBeyondMarks
        let exposure = holdings.exposure
        let isSolvent = value > 0
        curve.append(
            CurvePoint(
                time: time,
                equity: value,
                gross: isSolvent ? exposure.gross / value : 0,
                net: isSolvent ? exposure.net / value : 0
            )
        )
    }

    private func book(_ fill: Fill, of order: borrowing OrderEvent) throws(NumberError) {
        let note = intents[order.meta.correlationID]
        fillCount += 1
        try trips.book(fill, of: order, note, regime: regimes.name(of: order.instrument))
        guard settings.keepsTrades else { return }
        fills.append(
            BacktestFill(
                time: order.meta.ts,
                instrument: order.instrument,
                strategy: order.strategy,
                quantity: order.side == .buy ? fill.quantity : try fill.quantity.negated(),
                price: fill.price,
                fee: fill.fee,
                liquidity: fill.liquidity,
                purpose: order.purpose,
                reference: TripBook.reference(of: order, note)
            )
        )
    }
}

/// How much of what goes wrong is kept.
enum DataLimits {
    static let errorsMax = 20
}
