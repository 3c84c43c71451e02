import Contracts
import EventKernel

/// A venue without money: fills orders from the market as it is told, by the exchange's rules, fees and latencies.
///
/// It hears an order's `submitting`, `amending` and `cancelling` steps on the bus and answers with venue reports. What
/// an order takes is gone from its copy of the book until the exchange speaks of that level again, so two orders
/// never take the same quantity. The module only listens and speaks; ``PaperMarket`` decides.
package final class PaperVenue {
    /// The venue's name in its reports.
    package static let name = "paper"

    /// What takes time: a request on its way here, or a report on its way back.
    enum Mail: Codable {
        case request(OrderEvent)
        case report(PaperReport)
    }

    private unowned let kernel: Kernel
    private let bus: EventBus
    private let terms: PaperTerms
    private let orderLatency: Int64
    private let reportLatency: Int64
    private var markets = InstrumentTable<PaperMarket>()
    private var underWay = DelayLine<Mail>()
    /// An empty list that keeps its room.
    private var spare: PaperReports = []

    package init(settings: PaperVenueSettings, kernel: Kernel) {
        self.kernel = kernel
        bus = kernel.bus
        terms = PaperTerms(settings)
        orderLatency = settings.orderLatencyMilliseconds
        reportLatency = settings.reportLatencyMilliseconds
        hearMarket(kernel.bus)
        hearTrading(kernel.bus)
    }

    private func hearMarket(_ bus: EventBus) {
        bus.on(TradeEvent.self, as: .paperVenue) { trade in
            guard let place = self.markets.note(trade, self.terms) else { return }
            try self.speak { reports throws(NumberError) in
                try self.markets[place].take(trade, into: &reports)
            }
        }
        bus.on(TickerEvent.self, as: .paperVenue) { ticker in
            guard let place = self.markets.note(ticker, self.terms) else { return }
            try self.speak { reports throws(NumberError) in
                try self.markets[place].take(ticker, into: &reports)
            }
        }
        bus.on(OrderBookDelta.self, as: .paperVenue) { delta in
            guard let place = self.markets.note(delta, self.terms) else { return }
            self.speak { self.markets[place].take(delta, into: &$0) }
        }
        bus.on(KlineEvent.self, as: .paperVenue) { kline in
            guard let place = self.markets.note(kline, self.terms) else { return }
            let step = PaperBar.Step(kline)
            try self.speak { reports throws(NumberError) in
                try self.markets[place].take(step, into: &reports)
            }
        }
        bus.on(FundingEvent.self, as: .paperVenue) { funding in
            self.markets[self.place(of: funding.instrument)].funding.take(funding)
        }
        bus.on(InstrumentSpec.self, as: .paperVenue) { spec in
            self.markets[self.place(of: spec.instrument)].rules = OrderRules(spec)
        }
        bus.on(FeedHealth.self, as: .paperVenue) { health in
            self.markets[self.place(of: health.instrument)].feed = health.state
        }
    }

    private func hearTrading(_ bus: EventBus) {
        bus.on(OrderEvent.self, as: .paperVenue) { order in
            guard order.state.isRequest else { return }
            guard self.orderLatency > 0 else { return self.act(on: order) }
            self.send(.request(copy order), in: self.orderLatency)
        }
        bus.on(PositionUpdate.self, as: .paperVenue) { update in
            // One that answers a fill follows what has been counted here; any other states the books.
            guard update.meta.correlationID == nil else { return }
            try self.adopt(update)
        }
        bus.on(StateRecovery.self, as: .paperVenue) { recovery in
            guard case .restored(part: .paperVenue, let version, let body, asOf: _) = recovery.step else {
                return
            }
            try self.restore(body, version)
        }
        bus.on(SnapshotRequest.self, as: .paperVenue) { request in
            let body = PaperVenueBody(markets: self.markets.values.map(\.body), underWay: self.underWay)
            let version = PaperVenueBody.version
            bus.publish(
                try StateCoder.snapshot(of: .paperVenue, answering: request, version: version, body)
            )
        }
    }

    private func place(of instrument: Instrument) -> Int {
        markets.place(of: instrument, terms)
    }

    private func act(on order: borrowing OrderEvent) {
        let place = place(of: order.instrument)
        switch order.state {
        case .submitting: speak { self.markets[place].submit(order, into: &$0) }
        case .cancelling: speak { self.markets[place].cancel(order, into: &$0) }
        case .amending: speak { self.markets[place].amend(order, into: &$0) }
        case .open, .partiallyFilled, .filled, .cancelled, .rejected, .untriggered, .triggered, .deactivated,
            .unknown:
            return
        }
    }

    /// Publishes what `body` has to say, once it is done: a handler of it may come back here.
    private func speak<Failure: Error>(_ body: (inout PaperReports) throws(Failure) -> Void) throws(Failure) {
        var reports = spare
        spare = []
        defer {
            reports.reverse()
            while let report = reports.popLast() {
                if reportLatency > 0 { send(.report(report), in: reportLatency) } else { publish(report) }
            }
            spare = reports
        }
        try body(&reports)
    }

    private func publish(_ report: PaperReport) {
        bus.publish(report.event(venue: Self.name, sequence: bus.nextSequence))
    }

    private func send(_ mail: Mail, in latency: Int64) {
        guard underWay.add(mail, due: bus.now + latency) else { return }
        kernel.after(milliseconds: latency, as: .paperVenue) { self.deliver() }
    }

    private func deliver() {
        while let mail = underWay.popDue(at: bus.now) {
            switch mail {
            case .request(let order): act(on: order)
            case .report(let report):
                if let fill = report.execution {
                    markets[place(of: report.instrument)].moved[fill.positionIndex] = true
                }
                publish(report)
            }
        }
    }

    private func adopt(_ update: borrowing PositionUpdate) throws(NumberError) {
        var expected = Quantity.zero
        for entry in underWay.entries {
            guard case .report(let report) = entry.item, report.instrument == update.instrument,
                let fill = report.execution, fill.positionIndex == update.positionIndex
            else { continue }
            expected = try expected.adding(fill.quantity.signed(fill.side))
        }
        let place = place(of: update.instrument)
        try speak { reports throws(NumberError) in
            try self.markets[place].take(update, underWay: expected, into: &reports)
        }
    }

    private func restore(_ text: String, _ version: Int) throws(StateError) {
        let known = PaperVenueBody.version
        let body: PaperVenueBody = try StateCoder.body(of: .paperVenue, text, version: version, known: known)
        markets = InstrumentTable()
        for market in body.markets {
            markets.set(PaperMarket(restoring: market, terms), of: market.instrument)
        }
        underWay = body.underWay
        for due in underWay.dueTimes {
            kernel.after(milliseconds: max(1, due - bus.now), as: .paperVenue) { self.deliver() }
        }
    }
}
