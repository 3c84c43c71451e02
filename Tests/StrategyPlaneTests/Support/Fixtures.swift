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
    /// A bar; `distance` is how far the fast average is above the slow one, `others` are features by name.
    static func fixture(
        of instrument: Instrument = bitcoin,
        distance: Double = 0,
        close: Price = 100,
        high: Price? = nil,
        low: Price? = nil,
        atr: Double = 2,
        imbalance: Double = 0,
        seconds: Int = 60,
        end: UnixMilliseconds = 0,
        isWarm: Bool = true,
        known: FeatureMask = .all,
        others: [Feature: Double] = [:]
    ) -> FeatureSet {
        var values = [Double](repeating: 0, count: Feature.allCases.count)
        values[Feature.emaFast.rawValue] = 100 + distance
        values[Feature.emaSlow.rawValue] = 100
        values[Feature.atr.rawValue] = atr
        values[Feature.imbalance.rawValue] = imbalance
        for (feature, value) in others { values[feature.rawValue] = value }
        return FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: instrument,
            barSeconds: seconds,
            barEnd: end,
            open: close,
            high: high ?? close,
            low: low ?? close,
            close: close,
            isWarm: isWarm,
            known: known,
            figures: Feature.allCases.filter(known.contains).map { values[$0.rawValue] }
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
    static func fixture(
        of instrument: Instrument = bitcoin,
        quantity: Quantity,
        index: PositionIndex = .oneWay,
        answering intent: StrategyIntent? = nil
    ) -> PositionUpdate {
        PositionUpdate(
            meta: EventMeta(source: .trading, correlationID: intent?.meta.correlationID),
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

extension AccountUpdate {
    static func fixture(equity: Money, answering intent: StrategyIntent? = nil) -> AccountUpdate {
        AccountUpdate(
            meta: EventMeta(source: .trading, correlationID: intent?.meta.correlationID),
            equity: equity,
            available: equity,
            realisedProfit: 0,
            unrealisedProfit: 0,
            fees: 0,
            funding: 0
        )
    }
}

extension KlineEvent {
    /// A candle that has just opened.
    static func fixture(
        of instrument: Instrument = bitcoin,
        start: UnixMilliseconds,
        open: Price,
        isConfirmed: Bool = false,
        isBackfill: Bool = false
    ) -> KlineEvent {
        KlineEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            minutes: 1,
            start: start,
            end: start + 59_999,
            open: open,
            high: open,
            low: open,
            close: open,
            volume: 1,
            turnover: 100,
            isConfirmed: isConfirmed,
            isBackfill: isBackfill
        )
    }
}

extension FundingEvent {
    static func fixture(
        rate: Ratio,
        settlement: UnixMilliseconds? = 3_600_000,
        isBackfill: Bool = false
    ) -> FundingEvent {
        FundingEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: 0,
            rate: rate,
            nextFundingTime: settlement,
            intervalHours: 8,
            isBackfill: isBackfill
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
    /// One step of an order of `intent`.
    static func fixture(
        _ intent: StrategyIntent,
        id: String = "order",
        state: OrderState,
        side: Side = .buy,
        quantity: Quantity = 5,
        filled: Quantity,
        last: Quantity? = nil,
        purpose: OrderPurpose = .move
    ) -> OrderEvent {
        OrderEvent(
            meta: intent.meta.answered(by: .trading),
            orderID: OrderID(rawValue: id),
            instrument: intent.instrument,
            strategy: intent.strategy,
            state: state,
            side: side,
            type: .limit,
            timeInForce: .immediateOrCancel,
            limitPrice: 100,
            quantity: quantity,
            filledQuantity: filled,
            isReduceOnly: false,
            purpose: purpose,
            fill: last.map {
                Fill(executionID: "\(id)-\(filled)", price: 100, quantity: $0, fee: 0, liquidity: .taker)
            }
        )
    }
}

extension ControlCommand {
    static func fixture(_ command: Command, reason: String? = nil) -> ControlCommand {
        ControlCommand(
            meta: EventMeta(
                source: .cli,
                correlationID: .command(CommandKey(high: 1, low: 2))
            ),
            command: command,
            actor: Actor(uid: 1, gid: 1, pid: 1, role: .op, name: "ann"),
            reason: reason
        )
    }
}

extension PlaneHarness {
    static func strategies(
        _ settings: StrategySettings = StrategySettings(),
        others: [ConfiguredStrategy] = [],
        stopwatch: (any DecisionStopwatch)? = nil
    ) -> PlaneHarness {
        PlaneHarness { kernel in
            _ = StrategyManager(settings: settings, others: others, stopwatch: stopwatch, kernel: kernel)
        }
    }

    var intents: [StrategyIntent] { published(StrategyIntent.self) }
    var states: [StrategyState] { published(StrategyState.self) }
    var outcomes: [CommandOutcome] { published(CommandOutcome.self) }
    var errors: [ErrorEvent] { published(ErrorEvent.self) }

    /// Approves the newest intent, as risk would.
    func approve(_ target: Quantity = 1) {
        guard let intent = intents.last else { return }
        tell(ApprovedIntent(answering: intent, targetQuantity: target, isShrunk: false, verdicts: []))
    }

    /// Refuses the newest intent, as risk would.
    func reject() {
        guard let intent = intents.last else { return }
        let verdict = CheckVerdict(check: .paused, value: "true", limit: "false")
        tell(RejectedIntent(answering: intent, failed: verdict, reason: "paused"))
    }

    func command(_ command: ControlCommand.Command, reason: String? = nil) {
        tell(ControlCommand.fixture(command, reason: reason))
    }
}
