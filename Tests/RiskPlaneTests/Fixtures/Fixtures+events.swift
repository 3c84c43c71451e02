import Contracts

let bitcoin = instrument("linear:BTCUSDT")
let ether = instrument("linear:ETHUSDT")
let alpha = StrategyID("alpha")
let beta = StrategyID("beta")

func instrument(_ text: String) -> Instrument {
    guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
    return instrument
}

func ratio(_ text: String) -> Ratio {
    guard let ratio = Ratio(text) else { preconditionFailure("\(text) is no fraction") }
    return ratio
}

func quantity(_ text: String) -> Quantity {
    guard let quantity = Quantity(text) else { preconditionFailure("\(text) is no quantity") }
    return quantity
}

func price(_ text: String) -> Price {
    guard let price = Price(text) else { preconditionFailure("\(text) is no price") }
    return price
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
        notionalMin: Money? = 5,
        leverageMax: Ratio? = nil,
        fundingMinutes: Int? = nil
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
            notionalMin: notionalMin,
            leverageMax: leverageMax,
            fundingIntervalMinutes: fundingMinutes
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
        mark: Price = 100,
        realised: Money = 0,
        index: PositionIndex = .oneWay,
        liquidation: Price? = nil,
        margin: Money? = nil,
        answering correlationID: CorrelationID? = nil
    ) -> PositionUpdate {
        PositionUpdate(
            meta: EventMeta(source: .trading, correlationID: correlationID),
            instrument: instrument,
            quantity: quantity,
            entryPrice: mark,
            markPrice: mark,
            realisedProfit: realised,
            unrealisedProfit: 0,
            fees: 0,
            funding: 0,
            positionIndex: index,
            liquidationPrice: liquidation,
            margin: margin
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
        limit: Price? = nil,
        slippageMax: Ratio = 0,
        expires: UnixMilliseconds = .max,
        style: ExecutionStyle = .marketable
    ) -> StrategyIntent {
        StrategyIntent(
            meta: EventMeta(source: .strategy, correlationID: .intent(number)),
            instrument: instrument,
            strategy: strategy,
            version: 1,
            target: target,
            referencePrice: price,
            limitPrice: limit,
            slippageMax: slippageMax,
            expires: expires,
            style: style,
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

extension OrderEvent {
    /// One step of an order that no approval of the test led to, unless `intent` names one.
    static func step(
        _ id: String,
        _ state: OrderState,
        of instrument: Instrument = bitcoin,
        by strategy: StrategyID = alpha,
        intent: UInt64? = nil,
        side: Side = .buy,
        quantity: Quantity,
        filled: Quantity = 0,
        price: Price = 100,
        timeInForce: TimeInForce = .goodTillCancelled,
        reduceOnly: Bool = false,
        purpose: OrderPurpose = .move,
        index: PositionIndex = .oneWay,
        fill: Quantity? = nil
    ) -> OrderEvent {
        OrderEvent(
            meta: EventMeta(source: .trading, correlationID: intent.map(CorrelationID.intent)),
            orderID: OrderID(rawValue: id),
            instrument: instrument,
            strategy: strategy,
            state: state,
            side: side,
            type: .limit,
            timeInForce: timeInForce,
            limitPrice: price,
            quantity: quantity,
            filledQuantity: filled,
            isReduceOnly: reduceOnly,
            purpose: purpose,
            positionIndex: index,
            fill: fill.map {
                Fill(executionID: "\(id)-\(filled)", price: price, quantity: $0, fee: 0, liquidity: .taker)
            }
        )
    }
}

extension ClockOffset {
    static func fixture(offset: Int64 = 5, bound: Int64 = 10) -> ClockOffset {
        ClockOffset(
            meta: EventMeta(source: .market),
            offsetMilliseconds: offset,
            errorBoundMilliseconds: bound
        )
    }
}

extension TickerEvent {
    static func fixture(
        of instrument: Instrument = bitcoin,
        last: Price? = 100,
        mark: Price? = 100,
        index: Price? = 100,
        bid: Price? = Price(units: 9_999, scale: 2),
        ask: Price? = Price(units: 10_001, scale: 2)
    ) -> TickerEvent {
        TickerEvent(
            meta: EventMeta(source: .market),
            instrument: instrument,
            exchangeTime: 0,
            lastPrice: last,
            markPrice: mark,
            indexPrice: index,
            bidPrice: bid,
            askPrice: ask
        )
    }
}

extension FundingEvent {
    static func fixture(rate: Ratio, next: UnixMilliseconds?, hours: Int? = 8) -> FundingEvent {
        FundingEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: 0,
            rate: rate,
            nextFundingTime: next,
            intervalHours: hours
        )
    }
}

extension OrderBookDelta {
    /// A whole book, best levels first.
    static func fixture(bids: [(Price, Quantity)], asks: [(Price, Quantity)]) -> OrderBookDelta {
        OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: 0,
            depth: 50,
            isSnapshot: true,
            updateID: 1,
            levels: ContiguousArray((bids + asks).map { BookLevel(price: $0.0, size: $0.1) }),
            bidCount: bids.count
        )
    }
}

extension ExchangeStatus {
    static func fixture(
        _ state: State,
        id: String = "m1",
        begin: UnixMilliseconds,
        end: UnixMilliseconds
    ) -> ExchangeStatus {
        ExchangeStatus(
            meta: EventMeta(source: .market),
            id: id,
            title: "an upgrade",
            state: state,
            begin: begin,
            end: end
        )
    }
}

extension FeatureSet {
    /// One bar of a minute; only its close counts.
    static func fixture(of instrument: Instrument, minute: Int64, close: Price) -> FeatureSet {
        FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: instrument,
            barSeconds: 60,
            barEnd: minute * 60_000,
            open: close,
            high: close,
            low: close,
            close: close,
            isWarm: true,
            figures: Array(repeating: 0, count: Feature.allCases.count)
        )
    }
}

extension ControlCommand {
    static func fixture(_ command: Command) -> ControlCommand {
        ControlCommand(
            meta: EventMeta(source: .cli),
            command: command,
            actor: Actor(uid: 1, gid: 1, pid: 1, role: .admin, name: "anna")
        )
    }
}

extension JournalCondition {
    static func fixture(_ kind: Kind, allowsTrading: Bool) -> JournalCondition {
        JournalCondition(
            meta: EventMeta(source: .storage),
            kind: kind,
            allowsTrading: allowsTrading,
            why: "the disk is \(kind.rawValue)"
        )
    }
}
