import Contracts
import ExecutionPlane
import TestKit

let bitcoin = instrument("linear:BTCUSDT")
let ether = instrument("linear:ETHUSDT")
let alpha = StrategyID("alpha")

func instrument(_ text: String) -> Instrument {
    guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
    return instrument
}

extension ControlState {
    static func fixture(_ lifecycle: Lifecycle = .running, paused: Bool = false) -> ControlState {
        ControlState(
            meta: EventMeta(source: .system),
            lifecycle: lifecycle,
            isPaused: paused,
            mode: .paper,
            since: 0
        )
    }
}

extension InstrumentSpec {
    static func fixture(
        of instrument: Instrument = bitcoin,
        status: Status = .trading,
        quantityMax: Quantity? = nil
    ) -> InstrumentSpec {
        InstrumentSpec(
            meta: EventMeta(source: .market),
            instrument: instrument,
            baseCoin: "BTC",
            quoteCoin: "USDT",
            status: status,
            tickSize: Price(units: 5, scale: 1),
            quantityStep: Quantity(units: 1, scale: 1),
            quantityMin: Quantity(units: 2, scale: 1),
            quantityMax: quantityMax,
            notionalMin: 5
        )
    }
}

extension FeedHealth {
    static func fixture(_ state: State = .fresh) -> FeedHealth {
        FeedHealth(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            state: state,
            ageMilliseconds: 0,
            lagMilliseconds: 0,
            detail: ""
        )
    }
}

extension TickerEvent {
    static func fixture(of instrument: Instrument = bitcoin, mark: Price) -> TickerEvent {
        TickerEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: 0,
            markPrice: mark
        )
    }
}

extension OrderBookDelta {
    static func fixture(
        bids: [(Price, Quantity)] = [(100, 1), (99, 2), (98, 5)],
        asks: [(Price, Quantity)] = [(101, 1), (102, 2), (103, 5)],
        isSnapshot: Bool = true
    ) -> OrderBookDelta {
        OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: 0,
            depth: 50,
            isSnapshot: isSnapshot,
            updateID: 1,
            levels: ContiguousArray((bids + asks).map { BookLevel(price: $0.0, size: $0.1) }),
            bidCount: bids.count
        )
    }
}

extension ApprovedIntent {
    static func fixture(
        _ number: UInt64 = 33,
        target: Quantity,
        price: Price = 100,
        limitPrice: Price? = nil,
        slippageMax: Ratio = Ratio(units: 5, scale: 2),
        expires: UnixMilliseconds = .max
    ) -> ApprovedIntent {
        ApprovedIntent(
            answering: StrategyIntent(
                meta: EventMeta(source: .strategy, correlationID: .intent(number)),
                instrument: bitcoin,
                strategy: alpha,
                version: 1,
                target: 0,
                referencePrice: price,
                limitPrice: limitPrice,
                slippageMax: slippageMax,
                expires: expires,
                reason: "test"
            ),
            targetQuantity: target,
            isShrunk: false,
            verdicts: []
        )
    }
}

extension Fill {
    static func fixture(
        _ id: String = "e1",
        price: Price = 100,
        quantity: Quantity = 1,
        fee: Money = 0
    ) -> Fill {
        Fill(executionID: id, price: price, quantity: quantity, fee: fee, liquidity: .taker)
    }
}

extension OrderEvent {
    static func fixture(
        of instrument: Instrument = bitcoin,
        _ state: OrderState = .submitting,
        _ side: Side = .buy,
        quantity: Quantity = 1,
        limit: Price? = 110,
        type: OrderType = .limit,
        timeInForce: TimeInForce = .immediateOrCancel,
        isReduceOnly: Bool = false,
        fill: Fill? = nil
    ) -> OrderEvent {
        OrderEvent(
            meta: EventMeta(source: .trading, correlationID: .intent(33)),
            orderID: OrderID(rawValue: "order"),
            instrument: instrument,
            strategy: alpha,
            state: state,
            side: side,
            type: type,
            timeInForce: timeInForce,
            limitPrice: limit,
            quantity: quantity,
            filledQuantity: fill?.quantity ?? 0,
            isReduceOnly: isReduceOnly,
            fill: fill
        )
    }
}

extension PositionUpdate {
    static func fixture(
        of instrument: Instrument = bitcoin,
        quantity: Quantity,
        index: PositionIndex = .oneWay
    ) -> PositionUpdate {
        PositionUpdate(
            meta: EventMeta(source: .trading),
            instrument: instrument,
            quantity: quantity,
            entryPrice: 100,
            markPrice: 100,
            realisedProfit: 0,
            unrealisedProfit: 0,
            fees: 0,
            funding: 0,
            positionIndex: index
        )
    }
}

extension PlaneHarness {
    var orders: [OrderEvent] { published(OrderEvent.self) }
    var states: [OrderState] { orders.map(\.state) }
    var reports: [VenueReport.Kind] { published(VenueReport.self).map(\.kind) }
    var fills: [Fill] { orders.compactMap(\.fill) }
    var errorCodes: [String] { published(ErrorEvent.self).map(\.code) }

    /// Tells the report of the newest order.
    func report(_ kind: VenueReport.Kind) {
        guard let order = orders.last(where: { $0.state == .submitting }) else { return }
        tell(
            VenueReport(
                meta: order.meta.answered(by: .trading),
                venue: "test",
                instrument: order.instrument,
                orderID: order.orderID,
                kind: kind
            )
        )
    }
}
