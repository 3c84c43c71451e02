import Contracts
import EventKernel
import Testing

@testable import TradingSystem

/// From a tick to a position, through every plane, without a thread or a socket.
@Suite struct `The whole system` {
    private static let settings = """
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

    @Test func `turns ticks into a position, with one correlation id all the way`() throws {
        let events = try run(seed: 3)
        let refusals = events.compactMap { event in
            if case .riskRejectedIntent(let refusal) = event { refusal.reason } else { nil }
        }
        let filled = try #require(
            events.firstIndex { event in
                if case .execOrderEvent(let order) = event { order.state == .filled } else { false }
            },
            "risk refused: \(Set(refusals))"
        )
        let id = try #require(events[filled].meta.correlationID)
        let chain = events.filter { $0.meta.correlationID == id }.map(\.topic)
        let wanted: [Topic] = [
            .strategyIntent, .riskApprovedIntent, .execOrderEvent, .execVenueReport, .portfolioPositionUpdate,
        ]
        #expect(wanted.allSatisfy(chain.contains))
        let firsts = wanted.compactMap(chain.firstIndex)
        #expect(firsts == firsts.sorted())
        #expect(events.map(\.meta.seq) == Array(1...UInt64(events.count)))
        #expect(!events.contains { $0.topic == .errorEvent })
    }

    @Test(arguments: [3, 4] as [UInt64])
    func `says the same, byte for byte, when the same happens`(seed: UInt64) throws {
        #expect(try bytes(run(seed: seed)) == bytes(run(seed: seed)))
    }

    @Test func `places no order while paused, and the map's publishers keep to themselves`() throws {
        let events = try run(seed: 3, isPaused: true)
        #expect(events.contains { $0.topic == .strategyIntent })
        #expect(!events.contains { $0.topic == .riskApprovedIntent || $0.topic == .execOrderEvent })
    }

    private func bytes(_ events: [AnyEvent]) throws -> [UInt8] {
        let encoder = EventJSONEncoder()
        return try events.reduce(into: []) { bytes, event in
            try encoder.encode(event, into: &bytes)
            bytes.append(0x0A)
        }
    }

    /// Lets a market go up and down in waves for some minutes.
    private func run(seed: UInt64, isPaused: Bool = false) throws -> [AnyEvent] {
        let wiring = Wiring(try Configuration(text: Self.settings, file: "test"))
        let instrument = try #require(Instrument("linear:BTCUSDT"))
        let clock = ManualClock()
        var events: [AnyEvent] = []
        wiring.kernel.bus.record { event, _ in events.append(event) }
        let market = FakeMarket(instrument: instrument, kernel: wiring.kernel, clock: clock)
        market.open()
        if isPaused { market.pause() }
        var random = SeededGenerator(seed: seed)
        for step in 0..<600 as Range<Int64> {
            clock.advance(milliseconds: 250)
            let wave = abs((step % 80) - 40) * 50
            market.tick(6_000_000 + wave * 10 + Int64(random.next() % 40))
        }
        return events
    }
}

/// Says what an exchange would say.
private struct FakeMarket {
    let instrument: Instrument
    let kernel: Kernel
    let clock: ManualClock

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

    func pause() {
        let actor = Actor(uid: 0, gid: 0, pid: 1, role: .admin, name: "test")
        let key = CommandKey(high: 1, low: 2)
        kernel.ingest(
            ControlCommand(
                meta: EventMeta(source: .cli, ts: clock.now, correlationID: .command(key)),
                command: .pause,
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
}
