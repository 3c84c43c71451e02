import Contracts
import EventKernel

/// Says what an exchange would say.
struct FakeMarket {
    let instrument: Instrument
    let kernel: Kernel
    let clock: ManualClock

    static let settings = """
        [market]
        symbols = ["BTCUSDT"]
        streams = ["publicTrade", "orderbook.50"]
        [features]
        bar_seconds = 1
        ema_fast_bars = 2
        ema_slow_bars = 4
        atr_bars = 3
        volatility_bars = 3
        computed = ["ema_fast", "ema_slow", "atr", "volatility"]
        [risk]
        cooldown_ms = 0
        clock_required = false
        collar_requires_mark = false
        spread_requires_quote = false
        funding_requires_rate = false
        """

    private var meta: EventMeta { EventMeta(source: .market, ts: clock.now) }

    /// Boots the system to readiness.
    func open() {
        kernel.ingest(ClockEvent(meta: EventMeta(source: .system, ts: clock.now)))
        kernel.ingest(
            StateRecovery(meta: EventMeta(source: .storage, ts: clock.now), step: .done(parts: 0))
        )
        kernel.ingest(
            MarketConnected(meta: meta, connectionID: "public-linear", category: .linear, attempt: 1)
        )
        list()
    }

    /// Says by which rules the instrument is traded.
    func list() {
        kernel.ingest(
            InstrumentSpec(
                meta: meta,
                instrument: instrument,
                baseCoin: "BTC",
                quoteCoin: "USDT",
                status: .trading,
                tickSize: Price(units: 10, scale: 2),
                quantityStep: Quantity(units: 1, scale: 3),
                quantityMin: Quantity(units: 1, scale: 3),
                notionalMin: 5
            )
        )
    }

    func pause() { command(.pause) }

    func command(_ command: ControlCommand.Command) {
        let actor = Actor(uid: 0, gid: 0, pid: 1, role: .admin, name: "test")
        let key = CommandKey(high: 1, low: 2)
        kernel.ingest(
            ControlCommand(
                meta: EventMeta(source: .cli, ts: clock.now, correlationID: .command(key)),
                command: command,
                actor: actor
            )
        )
    }

    /// One trade at `cents`, and a whole book round it.
    func tick(_ cents: Int64) {
        let price = Price(units: cents / 10 * 10, scale: 2)
        let tick: Int64 = 10
        let bids = (0..<5).map { Price(units: price.units - tick * (1 + $0), scale: 2) }
        let asks = (0..<5).map { Price(units: price.units + tick * $0, scale: 2) }
        kernel.ingest(
            OrderBookDelta(
                meta: meta,
                instrument: instrument,
                exchangeTime: clock.now,
                depth: 50,
                isSnapshot: true,
                updateID: kernel.bus.nextSequence,
                levels: ContiguousArray((bids + asks).map { BookLevel(price: $0, size: 2) }),
                bidCount: bids.count
            )
        )
        kernel.ingest(
            TradeEvent(
                meta: meta,
                instrument: instrument,
                exchangeTime: clock.now,
                id: .number(kernel.bus.nextSequence),
                side: .buy,
                price: price,
                quantity: Quantity(units: 10, scale: 3)
            )
        )
    }

    /// Goes up and down in waves for some minutes.
    func wave(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for step in 0..<600 as Range<Int64> {
            clock.advance(milliseconds: 250)
            let wave = abs((step % 80) - 40) * 50
            tick(6_000_000 + wave * 10 + Int64(random.next() % 40))
        }
    }
}
