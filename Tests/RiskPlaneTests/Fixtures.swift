import Contracts
import RiskPlane
import TestKit

let bitcoin = instrument("linear:BTCUSDT")
let ether = instrument("linear:ETHUSDT")
let alpha = StrategyID("alpha")
let beta = StrategyID("beta")

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
        quoteCoin: String = "USDT",
        step: Quantity = Quantity(units: 1, scale: 3),
        quantityMax: Quantity? = nil,
        notionalMin: Money? = 5
    ) -> InstrumentSpec {
        InstrumentSpec(
            meta: EventMeta(source: .market),
            instrument: instrument,
            baseCoin: "BTC",
            quoteCoin: quoteCoin,
            status: status,
            tickSize: Price(units: 1, scale: 1),
            quantityStep: step,
            quantityMin: step,
            quantityMax: quantityMax,
            notionalMin: notionalMin
        )
    }
}

extension FeedHealth {
    static func fixture(of instrument: Instrument = bitcoin, _ state: State = .fresh) -> FeedHealth {
        FeedHealth(
            meta: EventMeta(source: .market),
            instrument: instrument,
            state: state,
            ageMilliseconds: 0,
            lagMilliseconds: 0,
            detail: ""
        )
    }
}

extension AccountUpdate {
    static func fixture(equity: Money = 10_000) -> AccountUpdate {
        AccountUpdate(
            meta: EventMeta(source: .trading),
            equity: equity,
            available: equity,
            realisedProfit: 0,
            unrealisedProfit: 0,
            fees: 0,
            funding: 0
        )
    }
}

extension PositionUpdate {
    static func fixture(
        of instrument: Instrument = bitcoin,
        quantity: Quantity,
        mark: Price = 100
    ) -> PositionUpdate {
        PositionUpdate(
            meta: EventMeta(source: .trading),
            instrument: instrument,
            quantity: quantity,
            entryPrice: mark,
            markPrice: mark,
            realisedProfit: 0,
            unrealisedProfit: 0,
            fees: 0,
            funding: 0
        )
    }
}

extension MarketContext {
    static func fixture(volatility: Level) -> MarketContext {
        MarketContext(
            meta: EventMeta(source: .analytics),
            instrument: bitcoin,
            trend: .range,
            volatility: volatility,
            liquidity: .normal,
            confidence: 1,
            since: 0
        )
    }
}

extension StrategyIntent {
    static func fixture(
        _ number: UInt64 = 1,
        of instrument: Instrument = bitcoin,
        by strategy: StrategyID = alpha,
        target: Money,
        price: Price = 100,
        slippageMax: Ratio = 0,
        expires: UnixMilliseconds = .max
    ) -> StrategyIntent {
        StrategyIntent(
            meta: EventMeta(source: .strategy, correlationID: .intent(number)),
            instrument: instrument,
            strategy: strategy,
            version: 1,
            target: target,
            referencePrice: price,
            slippageMax: slippageMax,
            expires: expires,
            reason: "test"
        )
    }
}

extension OrderEvent {
    /// The end of the order that an approval led to, with one fill of `filled`.
    static func fixture(
        _ approved: ApprovedIntent,
        from held: Quantity = .zero,
        asked: Quantity,
        filled: Quantity,
        state: OrderState
    ) -> OrderEvent {
        let isSell = approved.targetQuantity < held
        return OrderEvent(
            meta: approved.meta.answered(by: .trading),
            orderID: OrderID(rawValue: "order-\(approved.meta.seq)"),
            instrument: approved.instrument,
            strategy: approved.strategy,
            state: state,
            side: isSell ? .sell : .buy,
            type: .limit,
            timeInForce: .immediateOrCancel,
            limitPrice: approved.referencePrice,
            quantity: asked,
            filledQuantity: filled,
            isReduceOnly: false,
            fill: state.isFinal && state != .filled
                ? nil
                : Fill(
                    executionID: "fill-\(approved.meta.seq)",
                    price: approved.referencePrice,
                    quantity: filled,
                    fee: 0,
                    liquidity: .taker
                )
        )
    }
}

extension PlaneHarness {
    /// Risk on a running system, with both instruments known, fresh and flat.
    static func risk(_ limits: RiskLimits = RiskLimits(cooldownMilliseconds: 0)) -> PlaneHarness {
        let plane = PlaneHarness { kernel in _ = RiskManager(limits: limits, kernel: kernel) }
        plane.tell(ControlState.fixture())
        plane.tell(AccountUpdate.fixture())
        for instrument in [bitcoin, ether] {
            plane.tell(InstrumentSpec.fixture(of: instrument))
            plane.tell(FeedHealth.fixture(of: instrument))
        }
        return plane
    }

    var approvals: [ApprovedIntent] { published(ApprovedIntent.self) }
    var rejections: [RejectedIntent] { published(RejectedIntent.self) }
    var failedChecks: [RiskCheck] { rejections.map(\.failed.check) }
}
