import Contracts
import EventKernel
import ExecutionPlane
import TestKit

let inverseBitcoin = instrument("inverse:BTCUSD")
let spotBitcoin = instrument("spot:BTCUSDT")

extension PlaneHarness {
    /// Books alone.
    static func books(_ settings: PortfolioSettings) -> PlaneHarness {
        PlaneHarness { kernel in _ = PositionManager(settings: settings, kernel: kernel) }
    }

    var position: PositionUpdate? { published(PositionUpdate.self).last }
    var account: AccountUpdate? { published(AccountUpdate.self).last }
    var kept: StateSnapshot? { published(StateSnapshot.self).last }

    /// Tells that an order was filled.
    func fill(
        _ id: String,
        _ side: Side,
        _ quantity: Quantity,
        at price: Price,
        fee: Money = 0,
        of instrument: Instrument = bitcoin,
        index: PositionIndex = .oneWay,
        purpose: OrderPurpose = .move,
        correlationID: CorrelationID? = .intent(33)
    ) {
        tell(
            OrderEvent(
                meta: EventMeta(source: .trading, correlationID: correlationID),
                orderID: OrderID(rawValue: "order"),
                instrument: instrument,
                strategy: alpha,
                state: .filled,
                side: side,
                type: .market,
                timeInForce: .immediateOrCancel,
                limitPrice: nil,
                quantity: quantity,
                filledQuantity: quantity,
                isReduceOnly: false,
                purpose: purpose,
                positionIndex: index,
                fill: Fill.fixture(id, price: price, quantity: quantity, fee: fee)
            )
        )
    }

    /// Tells that the venue settled funding.
    func fund(
        _ id: String,
        _ amount: Money,
        of instrument: Instrument = bitcoin,
        index: PositionIndex = .oneWay
    ) {
        let payment = FundingPayment(
            executionID: id,
            positionIndex: index,
            quantity: 1,
            markPrice: 100,
            rate: Ratio(units: 1, scale: 4),
            amount: amount,
            time: time
        )
        tell(
            VenueReport(
                meta: EventMeta(source: .trading),
                venue: "test",
                instrument: instrument,
                orderID: nil,
                kind: .funding(payment)
            )
        )
    }

    /// Tells the kept state of the run before.
    func restore(_ body: String, version: Int = 2) {
        tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .portfolio, version: version, body: body, asOf: 7)
            )
        )
    }

    func requestSnapshot() { tell(SnapshotRequest(meta: EventMeta(source: .system), why: "test")) }
}

extension InstrumentSpec {
    /// A contract or pair that is settled in `coin`.
    static func settled(in coin: String, _ instrument: Instrument) -> InstrumentSpec {
        InstrumentSpec(
            meta: EventMeta(source: .market),
            instrument: instrument,
            baseCoin: coin,
            quoteCoin: "USD",
            status: .trading,
            tickSize: Price(units: 5, scale: 1),
            quantityStep: 1,
            quantityMin: 1,
            settleCoin: coin
        )
    }
}

extension TradeEvent {
    static func fixture(
        of instrument: Instrument = bitcoin,
        price: Price,
        isBlockTrade: Bool = false,
        isBackfill: Bool = false
    ) -> TradeEvent {
        TradeEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: 0,
            id: .number(1),
            side: .buy,
            price: price,
            quantity: 1,
            isBlockTrade: isBlockTrade,
            isBackfill: isBackfill
        )
    }
}

extension KlineEvent {
    /// A candle of one minute.
    static func fixture(
        start: UnixMilliseconds,
        open: Price,
        close: Price,
        isConfirmed: Bool
    ) -> KlineEvent {
        KlineEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            minutes: 1,
            start: start,
            end: start + 60_000,
            open: open,
            high: max(open, close),
            low: min(open, close),
            close: close,
            volume: 1,
            turnover: 1,
            isConfirmed: isConfirmed
        )
    }
}
