import Contracts
import EventKernel
import ExecutionPlane
import TestKit

func price(_ text: String) -> Price {
    guard let price = Price(text) else { preconditionFailure("\(text) is no price") }
    return price
}

func quantity(_ text: String) -> Quantity {
    guard let quantity = Quantity(text) else { preconditionFailure("\(text) is no quantity") }
    return quantity
}

func ratio(_ text: String) -> Ratio {
    guard let ratio = Ratio(text) else { preconditionFailure("\(text) is no ratio") }
    return ratio
}

func money(_ text: String) -> Money {
    guard let money = Money(text) else { preconditionFailure("\(text) is no money") }
    return money
}

extension PaperVenueSettings {
    /// A taker pays 0.1 %, a maker is paid 0.01 %.
    static func fixture(
        _ liquidity: Liquidity = .book,
        latency: Int64 = 0,
        reportLatency: Int64 = 0,
        leverage: Ratio = 0
    ) -> PaperVenueSettings {
        PaperVenueSettings(
            liquidity: liquidity,
            takerFee: ratio("0.001"),
            makerFee: ratio("-0.0001"),
            orderLatencyMilliseconds: latency,
            reportLatencyMilliseconds: reportLatency,
            leverage: leverage
        )
    }
}

extension OrderTrigger {
    static func stop(
        _ price: Price,
        _ direction: Direction = .falls,
        _ source: Source = .last
    ) -> OrderTrigger {
        OrderTrigger(kind: .stop, price: price, source: source, direction: direction)
    }

    static func profit(
        _ price: Price,
        _ direction: Direction = .rises,
        _ source: Source = .last
    ) -> OrderTrigger {
        OrderTrigger(kind: .takeProfit, price: price, source: source, direction: direction)
    }
}

/// A venue, told in few words, whose answers are read as words.
extension PlaneHarness {
    /// A paper venue with its rules, a fresh feed and the book of the fixtures where it is wanted.
    static func paper(
        _ settings: PaperVenueSettings = .fixture(),
        of instrument: Instrument = bitcoin,
        hasBook: Bool = true
    ) -> PlaneHarness {
        let plane = PlaneHarness { kernel in _ = PaperVenue(settings: settings, kernel: kernel) }
        plane.tell(InstrumentSpec.fixture(of: instrument))
        plane.tell(FeedHealth.fixture())
        if hasBook { plane.tell(OrderBookDelta.fixture()) }
        return plane
    }

    /// What the venue has said, a line a report.
    var said: [String] { published(VenueReport.self).map(\.words) }

    /// Asks for an order: `market` where it has no limit.
    func ask(
        _ id: String,
        _ side: Side,
        _ quantity: Quantity,
        at limit: Price? = nil,
        _ timeInForce: TimeInForce = .goodTillCancelled,
        reduces: Bool = false,
        on trigger: OrderTrigger? = nil,
        index: PositionIndex = .oneWay,
        of instrument: Instrument = bitcoin,
        step state: OrderState = .submitting
    ) {
        tell(
            OrderEvent(
                meta: EventMeta(source: .trading, correlationID: .intent(33)),
                orderID: OrderID(rawValue: id),
                instrument: instrument,
                strategy: alpha,
                state: state,
                side: side,
                type: limit == nil ? .market : .limit,
                timeInForce: timeInForce,
                limitPrice: limit,
                quantity: quantity,
                filledQuantity: 0,
                isReduceOnly: reduces,
                trigger: trigger,
                positionIndex: index
            )
        )
    }

    func askEnd(_ id: String) { ask(id, .buy, 1, at: 1, .goodTillCancelled, step: .cancelling) }

    func trade(
        _ side: Side,
        _ quantity: Quantity,
        at price: Price,
        time: UnixMilliseconds? = nil,
        isBlock: Bool = false,
        isBackfill: Bool = false,
        of instrument: Instrument = bitcoin
    ) {
        tell(
            TradeEvent(
                meta: EventMeta(source: .market),
                instrument: instrument,
                exchangeTime: time ?? self.time,
                id: .number(1),
                side: side,
                price: price,
                quantity: quantity,
                isBlockTrade: isBlock,
                isBackfill: isBackfill
            )
        )
    }

    /// Some levels of the book, as of exchange time `time`.
    func book(
        bids: [(Price, Quantity)] = [],
        asks: [(Price, Quantity)] = [],
        time: UnixMilliseconds? = nil,
        isSnapshot: Bool = false
    ) {
        tell(
            OrderBookDelta(
                meta: EventMeta(source: .market),
                instrument: bitcoin,
                exchangeTime: time ?? self.time,
                depth: 50,
                isSnapshot: isSnapshot,
                updateID: 1,
                levels: ContiguousArray((bids + asks).map { BookLevel(price: $0.0, size: $0.1) }),
                bidCount: bids.count
            )
        )
    }

    /// A bar opens: the harness's time is its start.
    func open(_ price: Price, of instrument: Instrument = bitcoin) {
        candle(price, price, price, price, start: time, isConfirmed: false, instrument)
    }

    /// The bar that opened at the harness's time closes, a minute later.
    func close(
        _ open: Price,
        _ high: Price,
        _ low: Price,
        _ close: Price,
        of instrument: Instrument = bitcoin
    ) {
        let start = time
        time += 60_000
        candle(open, high, low, close, start: start, isConfirmed: true, instrument)
    }

    private func candle(
        _ open: Price,
        _ high: Price,
        _ low: Price,
        _ close: Price,
        start: UnixMilliseconds,
        isConfirmed: Bool,
        _ instrument: Instrument
    ) {
        tell(
            KlineEvent(
                meta: EventMeta(source: .market),
                instrument: instrument,
                minutes: 1,
                start: start,
                end: start + 60_000,
                open: open,
                high: high,
                low: low,
                close: close,
                volume: 1,
                turnover: 1,
                isConfirmed: isConfirmed
            )
        )
    }

    func ticker(
        last: Price? = nil,
        mark: Price? = nil,
        index: Price? = nil,
        bid: Price? = nil,
        ask: Price? = nil,
        of instrument: Instrument = bitcoin
    ) {
        tell(
            TickerEvent(
                meta: EventMeta(source: .market),
                instrument: instrument,
                exchangeTime: time,
                lastPrice: last,
                markPrice: mark,
                indexPrice: index,
                bidPrice: bid,
                askPrice: ask
            )
        )
    }

    func funding(_ rate: Ratio, at next: UnixMilliseconds, of instrument: Instrument = bitcoin) {
        tell(
            FundingEvent(
                meta: EventMeta(source: .market),
                instrument: instrument,
                exchangeTime: time,
                rate: rate,
                nextFundingTime: next,
                intervalHours: 8
            )
        )
    }
}

extension Decimal64 {
    /// The number without zeros at its end.
    var plain: String {
        var (units, places) = (units, scale)
        while places > 0, units % 10 == 0 { (units, places) = (units / 10, places - 1) }
        return Self(units: units, scale: places).description
    }
}

extension VenueReport {
    var words: String {
        let subject = orderID.map { "\($0): " } ?? ""
        return subject + kind.words
    }
}

extension VenueReport.Kind {
    var words: String {
        switch self {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .filled(let fill): "filled \(fill.words)"
        case .cancelled: "cancelled"
        case .untriggered: "untriggered"
        case .triggered: "triggered"
        case .amended(let price, let quantity):
            "amended \(quantity.plain)" + (price.map { " at \($0.plain)" } ?? "")
        case .deactivated: "deactivated"
        case .liquidated(let fill, let side, _): "liquidated \(side.rawValue) \(fill.words)"
        case .funding(let payment): "funding \(payment.amount)"
        }
    }
}

extension Fill {
    var words: String { "\(quantity.plain) at \(price.plain) \(liquidity.rawValue)" }
}
