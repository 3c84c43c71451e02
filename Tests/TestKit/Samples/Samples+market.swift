internal import Contracts

extension Samples {
    static var marketConnect: [AnyEvent] {
        [MarketConnectRequest(meta: meta(.system), venue: "bybit", category: .linear).erased]
    }

    static var marketDisconnect: [AnyEvent] {
        [MarketDisconnectRequest(meta: meta(.system), why: "stop").erased]
    }

    static var marketSubscribe: [AnyEvent] {
        [
            MarketSubscribeRequest(
                meta: meta(.system),
                instruments: [instrument],
                streams: [.ticker, .orderBook(depth: 50), .kline(minutes: 5)]
            ).erased
        ]
    }

    static var marketConnected: [AnyEvent] {
        [
            MarketConnected(meta: meta(.market), connectionID: "public-linear", category: .linear, attempt: 1)
                .erased
        ]
    }

    static var marketDisconnected: [AnyEvent] {
        [
            MarketDisconnected(
                meta: meta(.market),
                connectionID: "public-linear",
                reason: .silence,
                detail: "20 s",
                willRetryInMilliseconds: 500
            ).erased
        ]
    }

    static var marketError: [AnyEvent] {
        [
            MarketErrorEvent(
                meta: meta(.market),
                connectionID: "public-linear",
                instrument: instrument,
                stream: .orderBook(depth: 50),
                code: "book.gap",
                what: "a",
                why: "b",
                willRetryInMilliseconds: 500
            ).erased
        ]
    }

    static var marketTicker: [AnyEvent] {
        [
            TickerEvent(
                meta: meta(.market),
                instrument: instrument,
                exchangeTime: time,
                lastPrice: price(6_394_390),
                markPrice: price(6_394_400),
                indexPrice: price(6_394_410),
                bidPrice: price(6_394_380),
                bidSize: quantity(1),
                askPrice: price(6_394_390),
                askSize: quantity(2),
                high24h: price(6_500_000),
                low24h: price(6_300_000),
                volume24h: quantity(.max),
                turnover24h: money(.max),
                change24h: ratio(-5000)
            ).erased,
            TickerEvent(meta: meta(.market), instrument: instrument, exchangeTime: time, lastPrice: price(1))
                .erased,
            TickerEvent(
                meta: meta(.market),
                instrument: instrument,
                exchangeTime: time,
                option: OptionFigures(
                    bidVolatility: ratio(4_500),
                    askVolatility: ratio(4_700),
                    markVolatility: ratio(4_600),
                    underlyingPrice: price(6_394_410),
                    openInterest: quantity(3),
                    delta: ratio(-5_000),
                    gamma: ratio(1),
                    vega: ratio(20),
                    theta: ratio(-30)
                )
            ).erased,
        ]
    }

    static var marketTrade: [AnyEvent] {
        [
            TradeEvent(
                meta: meta(.market),
                instrument: instrument,
                exchangeTime: time,
                id: .uuid(high: 1, low: 2),
                side: .sell,
                price: price(.max, 18),
                quantity: quantity(1, 0)
            ).erased
        ]
    }

    static var marketOrderbookDelta: [AnyEvent] {
        [
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
            ).erased
        ]
    }

    static var marketKline: [AnyEvent] {
        [
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
            ).erased
        ]
    }

    static var marketOi: [AnyEvent] {
        [
            OpenInterestEvent(
                meta: meta(.market),
                instrument: instrument,
                exchangeTime: time,
                openInterest: quantity(9),
                value: money(90)
            ).erased
        ]
    }

    static var marketFunding: [AnyEvent] {
        [
            FundingEvent(
                meta: meta(.market),
                instrument: instrument,
                exchangeTime: time,
                rate: ratio(-100),
                nextFundingTime: time,
                intervalHours: 8
            ).erased
        ]
    }

    static var marketLiquidation: [AnyEvent] {
        [
            LiquidationEvent(
                meta: meta(.market),
                instrument: instrument,
                exchangeTime: time,
                side: .buy,
                price: price(5),
                quantity: quantity(6)
            ).erased
        ]
    }

    static var marketInstrument: [AnyEvent] {
        [
            InstrumentSpec(
                meta: meta(.market),
                instrument: instrument,
                baseCoin: "BTC",
                quoteCoin: "USDT",
                status: .trading,
                tickSize: price(10),
                quantityStep: quantity(1),
                quantityMin: quantity(1),
                quantityMax: quantity(1_000),
                notionalMin: money(5, 0),
                leverageMax: ratio(100, 0)
            ).erased
        ]
    }

    static var marketHealth: [AnyEvent] {
        [
            FeedHealth(
                meta: meta(.market),
                instrument: instrument,
                state: .stale,
                ageMilliseconds: 9000,
                lagMilliseconds: -3,
                detail: "silent"
            ).erased
        ]
    }

    static var marketClock: [AnyEvent] {
        [ClockOffset(meta: meta(.market), offsetMilliseconds: -7, errorBoundMilliseconds: 12).erased]
    }

    static var marketPriceLimit: [AnyEvent] {
        [
            PriceLimit(meta: meta(.market), instrument: instrument, highestBid: price(2), lowestAsk: price(1))
                .erased
        ]
    }

    static var marketAdlAlert: [AnyEvent] {
        [
            AutoDeleverageAlert(
                meta: meta(.market),
                coin: "USDT",
                symbol: "BTCUSDT",
                balance: money(1),
                highestBalance: money(2),
                profitLossRatio: ratio(-300_000)
            ).erased
        ]
    }

    static var marketInsurance: [AnyEvent] {
        [
            InsuranceUpdate(
                meta: meta(.market),
                coin: "USDT",
                symbols: "BTCUSDT",
                balance: money(1),
                updated: time
            ).erased
        ]
    }

    static var marketExchangeStatus: [AnyEvent] {
        [
            ExchangeStatus(
                meta: meta(.market),
                id: "m1",
                title: "maintenance",
                state: .scheduled,
                begin: time,
                end: time + 1
            ).erased
        ]
    }
}
