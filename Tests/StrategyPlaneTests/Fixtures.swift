import Contracts
import StrategyPlane
import TestKit

let bitcoin = instrument("linear:BTCUSDT")
let ether = instrument("linear:ETHUSDT")
let emaCross = StrategyID("ema-cross")
let dip = StrategyID("dip")

func instrument(_ text: String) -> Instrument {
    guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
    return instrument
}

extension FeatureSet {
    /// A bar; `distance` is how far the fast average is above the slow one.
    static func fixture(
        of instrument: Instrument = bitcoin,
        distance: Double = 0,
        close: Price = 100,
        high: Price? = nil,
        low: Price? = nil,
        atr: Double = 2,
        imbalance: Double = 0,
        isWarm: Bool = true
    ) -> FeatureSet {
        FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: instrument,
            barSeconds: 60,
            barEnd: 0,
            close: close,
            high: high ?? close,
            low: low ?? close,
            isWarm: isWarm,
            values: [100 + distance, 100, atr, 0, imbalance, 0.01, 0, 0]
        )
    }
}

extension MarketContext {
    static func fixture(trend: Trend) -> MarketContext {
        MarketContext(
            meta: EventMeta(source: .analytics),
            instrument: bitcoin,
            trend: trend,
            volatility: .normal,
            liquidity: .normal,
            confidence: 1,
            since: 0
        )
    }
}

extension ControlState {
    static func fixture(_ lifecycle: Lifecycle) -> ControlState {
        ControlState(
            meta: EventMeta(source: .system),
            lifecycle: lifecycle,
            isPaused: false,
            mode: .paper,
            since: 0
        )
    }
}

extension InstrumentSpec {
    static func fixture() -> InstrumentSpec {
        InstrumentSpec(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            baseCoin: "BTC",
            quoteCoin: "USDT",
            status: .trading,
            tickSize: Price(units: 5, scale: 1),
            quantityStep: 1,
            quantityMin: 1
        )
    }
}

extension PositionUpdate {
    static func fixture(quantity: Quantity) -> PositionUpdate {
        PositionUpdate(
            meta: EventMeta(source: .trading),
            instrument: bitcoin,
            quantity: quantity,
            entryPrice: 100,
            markPrice: 100,
            realisedProfit: 0,
            unrealisedProfit: 0,
            fees: 0,
            funding: 0
        )
    }
}

extension ScenarioEnabled {
    /// Buys when the imbalance is above a half; stop and take profit one ATR away, at most five bars.
    static func fixture(
        version: Int = 1,
        stage: Stage = .full,
        of instrument: Instrument = bitcoin,
        side: Side = .buy,
        feature: String = "imbalance"
    ) -> ScenarioEnabled {
        ScenarioEnabled(
            meta: EventMeta(source: .research),
            scenario: dip,
            version: version,
            stage: stage,
            instrument: instrument,
            rule: ScenarioRule(
                side: side,
                conditions: [FeatureCondition(feature: feature, comparison: .above, threshold: 0.5)],
                stopATR: 1,
                takeProfitATR: 1,
                holdBarsMax: 5
            ),
            allocation: 1_000,
            why: "test"
        )
    }
}

extension MarketDriftDetected {
    static func fixture(_ severity: Severity) -> MarketDriftDetected {
        MarketDriftDetected(
            meta: EventMeta(source: .research),
            instrument: bitcoin,
            features: ["atr"],
            statistic: .populationStability,
            value: 0.4,
            threshold: 0.25,
            baselineCount: 100,
            recentCount: 50,
            severity: severity
        )
    }
}

extension OrderEvent {
    /// The end of an order of `intent`.
    static func fixture(_ intent: StrategyIntent, state: OrderState, filled: Quantity) -> OrderEvent {
        OrderEvent(
            meta: intent.meta.answered(by: .trading),
            orderID: OrderID(rawValue: "order"),
            instrument: intent.instrument,
            strategy: intent.strategy,
            state: state,
            side: .buy,
            type: .limit,
            timeInForce: .immediateOrCancel,
            limitPrice: 100,
            quantity: 5,
            filledQuantity: filled,
            isReduceOnly: false
        )
    }
}

extension PlaneHarness {
    static func strategies(_ settings: StrategySettings) -> PlaneHarness {
        PlaneHarness { kernel in _ = StrategyManager(settings: settings, kernel: kernel) }
    }

    var intents: [StrategyIntent] { published(StrategyIntent.self) }

    /// Approves the newest intent, as risk would.
    func approve() {
        guard let intent = intents.last else { return }
        tell(ApprovedIntent(answering: intent, targetQuantity: 1, isShrunk: false, verdicts: []))
    }

    /// Refuses the newest intent, as risk would.
    func reject() {
        guard let intent = intents.last else { return }
        let verdict = CheckVerdict(check: .paused, value: "true", limit: "false")
        tell(RejectedIntent(answering: intent, failed: verdict, reason: "paused"))
    }
}
