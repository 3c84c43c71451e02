import Contracts

/// One event of every topic, with every optional field and every kind of number in use somewhere.
enum EveryEvent {
    static let all: [AnyEvent] = control + market + reference + decisions + trading + state + research

    static let instrument = instrument("linear:BTCUSDT")
    static let time: UnixMilliseconds = 1_700_000_000_123

    static func instrument(_ text: String) -> Instrument {
        guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
        return instrument
    }

    static func meta(_ source: EventMeta.Source, _ correlationID: CorrelationID? = nil) -> EventMeta {
        EventMeta(source: source, ts: time, correlationID: correlationID)
    }

    static func price(_ units: Int64, _ scale: UInt8 = 2) -> Price { Price(units: units, scale: scale) }
    static func quantity(_ units: Int64, _ scale: UInt8 = 3) -> Quantity {
        Quantity(units: units, scale: scale)
    }
    static func money(_ units: Int128, _ scale: UInt8 = 8) -> Money { Money(units: units, scale: scale) }
    static func ratio(_ units: Int64, _ scale: UInt8 = 6) -> Ratio { Ratio(units: units, scale: scale) }

    private static let key = CommandKey(high: 0x0123_4567_89AB_CDEF, low: .max)
    private static let actor = Actor(uid: 1000, gid: 1000, pid: 4242, role: .admin, name: "o\"p\\\n\u{1F}é𝄞")
    private static let rule = ScenarioRule(
        side: .buy,
        conditions: [FeatureCondition(feature: "atr", comparison: .above, threshold: 1e-12)],
        stopATR: 1.5,
        takeProfitATR: 0.1 + 0.2,
        holdBarsMax: 12
    )
    private static let command = ControlCommand(
        meta: meta(.cli, .command(key)),
        command: .logsLevel(.debug),
        actor: actor,
        reason: "tab\there"
    )

    private static let control: [AnyEvent] = [
        command.erased,
        ControlCommand(meta: meta(.cli), command: .pause, actor: actor).erased,
        CommandOutcome(
            answering: command,
            isAccepted: false,
            changed: false,
            code: "gate.paused",
            message: "no"
        ).erased,
        ControlState(
            meta: meta(.system),
            lifecycle: .running,
            isPaused: false,
            mode: .paper,
            since: time,
            connections: [ConnectionHealth(id: "public-linear", state: .connected, since: time)],
            lastError: "late"
        ).erased,
        ConfigApplied(meta: meta(.system), oldHash: nil, newHash: "ab12", changedKeys: ["risk.max"]).erased,
        RollbackRequested(
            meta: meta(.research),
            scenario: StrategyID("s1"),
            fromVersion: 2,
            toVersion: nil,
            why: "drift"
        ).erased,
    ]

    private static let market: [AnyEvent] = [
        MarketConnectRequest(meta: meta(.system), venue: "bybit", category: .linear).erased,
        MarketDisconnectRequest(meta: meta(.system), why: "stop").erased,
        MarketSubscribeRequest(
            meta: meta(.system),
            instruments: [instrument],
            streams: [.ticker, .orderBook(depth: 50), .kline(minutes: 5)]
        ).erased,
        MarketConnected(meta: meta(.market), connectionID: "public-linear", category: .linear, attempt: 1)
            .erased,
        MarketDisconnected(
            meta: meta(.market),
            connectionID: "public-linear",
            reason: .silence,
            detail: "20 s",
            willRetryInMilliseconds: 500
        ).erased,
        MarketErrorEvent(
            meta: meta(.market),
            connectionID: "public-linear",
            code: "connect.refused",
            what: "a",
            why: "b"
        ).erased,
        TickerEvent(
            meta: meta(.market),
            instrument: instrument,
            exchangeTime: time,
            lastPrice: price(6_394_390),
            turnover24h: money(-170_141_183_460_469_231_731_687_303_715_884_105_727),
            change24h: ratio(-5000)
        ).erased,
        TradeEvent(
            meta: meta(.market),
            instrument: instrument,
            exchangeTime: time,
            id: .uuid(high: 1, low: 2),
            side: .sell,
            price: price(.max, 18),
            quantity: quantity(1, 0)
        ).erased,
        OrderBookDelta(
            meta: meta(.market),
            instrument: instrument,
            exchangeTime: time,
            depth: 50,
            isSnapshot: true,
            updateID: .max,
            levels: [
                BookLevel(price: price(10_000), size: quantity(5)),
                BookLevel(price: price(10_001), size: quantity(0)),
            ],
            bidCount: 1
        ).erased,
        KlineEvent(
            meta: meta(.market),
            instrument: instrument,
            minutes: 1,
            start: time,
            end: time + 59_999,
            open: price(1),
            high: price(3),
            low: price(1),
            close: price(2),
            volume: quantity(7),
            turnover: money(14),
            isConfirmed: true
        ).erased,
        OpenInterestEvent(
            meta: meta(.market),
            instrument: instrument,
            exchangeTime: time,
            openInterest: quantity(9),
            value: nil
        ).erased,
        FundingEvent(
            meta: meta(.market),
            instrument: instrument,
            exchangeTime: time,
            rate: ratio(-100),
            nextFundingTime: time,
            intervalHours: 8
        ).erased,
        LiquidationEvent(
            meta: meta(.market),
            instrument: instrument,
            exchangeTime: time,
            side: .buy,
            price: price(5),
            quantity: quantity(6)
        ).erased,
    ]

    private static let reference: [AnyEvent] = [
        InstrumentSpec(
            meta: meta(.market),
            instrument: instrument,
            baseCoin: "BTC",
            quoteCoin: "USDT",
            status: .trading,
            tickSize: price(10),
            quantityStep: quantity(1),
            quantityMin: quantity(1),
            notionalMin: money(5, 0)
        ).erased,
        FeedHealth(
            meta: meta(.market),
            instrument: instrument,
            state: .stale,
            ageMilliseconds: 9000,
            lagMilliseconds: -3,
            detail: "silent"
        ).erased,
        ClockOffset(meta: meta(.market), offsetMilliseconds: -7, errorBoundMilliseconds: 12).erased,
        PriceLimit(meta: meta(.market), instrument: instrument, highestBid: price(2), lowestAsk: price(1))
            .erased,
        AutoDeleverageAlert(
            meta: meta(.market),
            coin: "USDT",
            symbol: "BTCUSDT",
            balance: money(1),
            highestBalance: nil,
            profitLossRatio: ratio(-300_000)
        ).erased,
        InsuranceUpdate(
            meta: meta(.market),
            coin: "USDT",
            symbols: "BTCUSDT",
            balance: money(1),
            updated: time
        ).erased,
        ExchangeStatus(
            meta: meta(.market),
            id: "m1",
            title: "maintenance",
            state: .scheduled,
            begin: time,
            end: time + 1
        ).erased,
    ]

    static let features = FeatureSet(
        meta: meta(.analytics),
        instrument: instrument,
        barSeconds: 60,
        barEnd: time,
        close: price(2),
        high: price(3),
        low: price(1),
        isWarm: true,
        values: [1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 1e16, 123456.789, -1]
    )

    private static let decisions: [AnyEvent] = [
        features.erased,
        MarketContext(
            meta: meta(.analytics),
            instrument: instrument,
            trend: .range,
            volatility: .high,
            liquidity: .normal,
            confidence: 2.0 / 3,
            since: time
        ).erased,
        MarketDriftDetected(
            meta: meta(.research),
            instrument: instrument,
            features: ["atr", "spread"],
            statistic: .populationStability,
            value: 0.31,
            threshold: 0.25,
            baselineCount: 500,
            recentCount: 100,
            severity: .severe
        ).erased,
        intent.erased,
        ScenarioEnabled(
            meta: meta(.research),
            scenario: StrategyID("s1"),
            version: 1,
            stage: .canary,
            instrument: instrument,
            rule: rule,
            allocation: money(1000, 0),
            why: "approved"
        ).erased,
        ScenarioDisabled(meta: meta(.research), scenario: StrategyID("s1"), why: "rolled back").erased,
        ApprovedIntent(
            answering: intent,
            targetQuantity: quantity(-4),
            isShrunk: true,
            verdicts: [CheckVerdict(check: .cooldown, value: "0", limit: "1")]
        ).erased,
        RejectedIntent(
            answering: intent,
            failed: CheckVerdict(check: .paused, value: "yes", limit: "no"),
            reason: "paused"
        ).erased,
        RiskState(
            meta: meta(.risk),
            isHalted: false,
            haltReason: nil,
            grossNotional: money(1),
            grossNotionalMax: money(2),
            rejections: [RejectionCount(check: .feed, count: 3)]
        ).erased,
    ]

    static let intent = StrategyIntent(
        meta: meta(.strategy, .intent(41)),
        instrument: instrument,
        strategy: StrategyID("ema_cross"),
        version: 1,
        target: money(-12_345),
        referencePrice: price(99),
        slippageMax: ratio(500),
        expires: time + 30_000,
        stop: price(110),
        reason: "cross"
    )

    private static func order(_ state: OrderState, fill: Fill?) -> OrderEvent {
        OrderEvent(
            meta: meta(.trading, .intent(41)),
            orderID: OrderID(instance: "main", intent: 41, index: 0),
            instrument: instrument,
            strategy: StrategyID("ema_cross"),
            state: state,
            side: .sell,
            type: .limit,
            timeInForce: .postOnly,
            limitPrice: price(100),
            quantity: quantity(4),
            filledQuantity: quantity(1),
            isReduceOnly: false,
            fill: fill
        )
    }

    private static let fill = Fill(
        executionID: "x-1",
        price: price(100),
        quantity: quantity(1),
        fee: money(-3),
        liquidity: .maker
    )

    private static let trading: [AnyEvent] = [
        VenueReport(
            meta: meta(.trading),
            venue: "paper",
            instrument: instrument,
            orderID: OrderID(instance: "main", intent: 41, index: 0),
            kind: .filled(fill)
        ).erased,
        VenueReport(
            meta: meta(.trading),
            venue: "paper",
            instrument: instrument,
            orderID: OrderID(instance: "main", intent: 41, index: 0),
            kind: .accepted
        ).erased,
        ReconciliationReport(
            meta: meta(.trading),
            venue: "paper",
            differences: [
                ReconciliationReport.Difference(what: "position", ours: "1", venues: "2", policy: "adopt")
            ]
        ).erased,
        order(.submitting, fill: nil).erased,
        order(.partiallyFilled, fill: fill).erased,
        PositionUpdate(
            meta: meta(.trading),
            instrument: instrument,
            quantity: quantity(-1),
            entryPrice: price(100),
            markPrice: nil,
            realisedProfit: money(0),
            unrealisedProfit: money(-5),
            fees: money(1),
            funding: money(0)
        ).erased,
        AccountUpdate(
            meta: meta(.trading),
            equity: money(10),
            available: money(9),
            realisedProfit: money(0),
            unrealisedProfit: money(0),
            fees: money(1),
            funding: money(0)
        ).erased,
    ]

    private static let state: [AnyEvent] = [
        ClockEvent(meta: meta(.system)).erased,
        StateSnapshot(meta: meta(.system), part: .orchestrator, version: 1, body: #"{"paused":true}"#).erased,
        StateRecovery(meta: meta(.system), step: .requested).erased,
        StateRecovery(
            meta: meta(.storage),
            step: .restored(part: .portfolio, version: 1, body: "{}", asOf: 7)
        ).erased,
        StateRecovery(meta: meta(.storage), step: .done(parts: 2)).erased,
        StateRecovery(meta: meta(.storage), step: .failed(why: "no disk")).erased,
        ErrorEvent(
            meta: meta(.system),
            module: .riskManager,
            severity: .warning,
            code: "a.b",
            what: "c",
            why: "d",
            next: "e"
        ).erased,
    ]

    private static let research: [AnyEvent] = [
        FeatureVectorRecorded(recording: features).erased,
        OutcomeRecorded(
            meta: meta(.research),
            instrument: instrument,
            barSeconds: 60,
            barEnd: time,
            label: -1,
            barrier: .lower,
            horizonBars: 24,
            forwardReturn: -0.003,
            maximumFavourable: 0,
            maximumAdverse: 0.004
        ).erased,
        NewClusterFound(
            meta: meta(.research, .research(9)),
            clusterID: "c1",
            schemaVersion: 1,
            centroid: [0.5, -0.5],
            size: 40,
            meanForwardReturn: 0.001,
            hitRate: 0.6,
            stability: 0.9
        ).erased,
        CandidateScenarioBuilt(
            meta: meta(.research),
            scenario: StrategyID("s2"),
            version: 1,
            instrument: instrument,
            rule: rule,
            trainingStart: 0,
            trainingEnd: time
        ).erased,
        BacktestRequested(
            meta: meta(.research),
            scenario: StrategyID("s2"),
            version: 1,
            rule: rule,
            instrument: instrument,
            start: 0,
            end: time,
            takerFee: ratio(550),
            seed: .max
        ).erased,
        BacktestCompleted(
            meta: meta(.research),
            scenario: StrategyID("s2"),
            version: 1,
            inSample: [NamedFigure(name: "sharpe", value: 1.25)],
            outOfSample: [],
            equityCurve: "curves/s2"
        ).erased,
        ScenarioApproved(
            meta: meta(.research),
            scenario: StrategyID("s2"),
            version: 1,
            gates: [NamedFigure(name: "sharpe", value: 1)]
        ).erased,
        ScenarioRejected(
            meta: meta(.research),
            scenario: StrategyID("s2"),
            version: 1,
            gates: [],
            why: "no trades"
        ).erased,
    ]
}
