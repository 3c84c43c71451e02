import Contracts
import EventKernel
import MarketPlane
import Synchronization
import Testing

/// An exchange with one instrument: what it has made is told by REST, and by a stream that may break.
private final class TinyExchange: Sendable {
    struct State {
        var tradeCount = 0
        /// How many of the newest trades REST does not tell yet.
        var lag = 0
        var failures = 0
        var closedCandles = 0
        /// Whether REST answers that it can't now.
        var isDown = false
    }

    static let instrument = Instrument.fixture()
    static let start: UnixMilliseconds = 1_700_000_040_000
    let state = Mutex(State())

    static func trade(_ number: Int) -> AnyEvent {
        .marketTrade(
            TradeEvent(
                meta: EventMeta(source: .market, ts: start),
                instrument: instrument,
                exchangeTime: start + Int64(number),
                id: .number(UInt64(number)),
                side: .buy,
                price: 1,
                quantity: 1
            )
        )
    }

    static func candle(_ number: Int, isConfirmed: Bool = true) -> AnyEvent {
        .marketKline(
            KlineEvent(
                meta: EventMeta(source: .market, ts: start),
                instrument: instrument,
                minutes: 1,
                start: start + Int64(number) * 60_000,
                end: start + Int64(number) * 60_000 + 59_999,
                open: 1,
                high: 1,
                low: 1,
                close: 1,
                volume: 1,
                turnover: 1,
                isConfirmed: isConfirmed
            )
        )
    }

    /// Makes one more trade and gives it.
    func trade() -> AnyEvent {
        Self.trade(
            state.withLock { state in
                state.tradeCount += 1
                return state.tradeCount
            }
        )
    }

    func answer(_ url: String) throws -> RestAnswer {
        let state = self.state.withLock { state in
            if state.failures > 0 { state.failures -= 1 }
            return state
        }
        guard state.failures == 0 else { return RestAnswer(status: 404, body: []) }
        guard !state.isDown else { return RestAnswer(status: 503, body: []) }
        let limit = url.split(separator: "&").last?.split(separator: "=").last.flatMap { Int($0) } ?? 0
        if url.contains("recent-trade") {
            let newest = max(0, state.tradeCount - state.lag)
            let rows = (max(1, newest - limit + 1)..<(newest + 1)).reversed().map { number in
                """
                {"execId":"\(number)","symbol":"BTCUSDT","price":"1","size":"1","side":"Buy",\
                "time":"\(Self.start + Int64(number))","isBlockTrade":false}
                """
            }
            return .result(#"{"category":"linear","list":[\#(rows.joined(separator: ","))]}"#)
        }
        if url.contains("/kline") {
            let rows = (max(0, state.closedCandles - limit + 1)...state.closedCandles).reversed().map {
                number in
                #"["\#(Self.start + Int64(number) * 60_000)","1","1","1","1","1","1"]"#
            }
            // The newest one grows still.
            let now = Self.start + Int64(state.closedCandles) * 60_000
            return .result(#"{"symbol":"BTCUSDT","list":[\#(rows.joined(separator: ","))]}"#, time: now)
        }
        if url.contains("funding") {
            return .result(
                #"{"list":[{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingRateTimestamp":"1"}]}"#
            )
        }
        return .result(#"{"symbol":"BTCUSDT","list":[{"openInterest":"5","timestamp":"2"}]}"#)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `What was missed` {
    private let exchange = TinyExchange()
    private let tape = Tape()
    private let backfiller: Backfiller

    init() {
        backfiller = Self.make(exchange, tape) { _ in }
    }

    private static func make(
        _ exchange: TinyExchange,
        _ tape: Tape,
        _ change: (inout BackfillSettings) -> Void
    ) -> Backfiller {
        var settings = BackfillSettings()
        // However busy the machine: a test that is about giving up says so.
        settings.holdMilliseconds = 600_000
        settings.quietMilliseconds = 20
        settings.againMilliseconds = 1
        settings.retryFirstMilliseconds = 5
        change(&settings)
        return Backfiller(
            rest: .fixture(ScriptedRest { url, _ in try exchange.answer(url) }),
            settings: settings,
            clock: SystemClock(),
            post: { tape.post($0) }
        )
    }

    private static let connected = AnyEvent.marketConnected(
        MarketConnected(meta: EventMeta(source: .market), connectionID: "c", category: .linear, attempt: 1)
    )

    private func trades() -> [TradeEvent] {
        tape.events.compactMap { if case .marketTrade(let trade) = $0 { trade } else { nil } }
    }

    private func ids() -> [Int] { trades().compactMap { Int($0.id.description) } }

    private func candles() -> [KlineEvent] {
        tape.events.compactMap { if case .marketKline(let candle) = $0 { candle } else { nil } }
    }

    private func until(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func `fetches the past at the start and marks it`() async throws {
        for _ in 0..<30 { _ = exchange.trade() }
        exchange.state.withLock { $0.closedCandles = 40 }
        backfiller.want([TinyExchange.instrument], [.trades, .kline(minutes: 1), .ticker])
        _ = backfiller.post(Self.connected)
        try await until { trades().count == 30 && candles().count == 40 && tape.events.count == 73 }
        #expect(ids() == Array(1...30))
        #expect(trades().filter(\.isBackfill).count == 30)
        #expect(candles().map(\.start) == (0..<40).map { TinyExchange.start + $0 * 60_000 })
        #expect(candles().filter { $0.isBackfill && $0.isConfirmed }.count == 40)
        let funding = tape.events.contains {
            if case .marketFunding(let event) = $0 { event.isBackfill } else { false }
        }
        let interest = tape.events.contains {
            if case .marketOi(let event) = $0 { event.isBackfill } else { false }
        }
        #expect(funding && interest)
        await backfiller.shutdown()
    }

    @Test func `lets what it does not know pass at once`() async {
        let stranger = TinyExchange.trade(7)
        #expect(backfiller.post(stranger))
        #expect(tape.events == [stranger])
        await backfiller.shutdown()
    }

    @Test func `lets a growing candle pass, and none that is over`() async throws {
        exchange.state.withLock { $0.closedCandles = 3 }
        backfiller.want([TinyExchange.instrument], [.kline(minutes: 1)])
        _ = backfiller.post(Self.connected)
        #expect(backfiller.post(TinyExchange.candle(3, isConfirmed: false)))
        try await until { candles().count == 4 }
        #expect(backfiller.post(TinyExchange.candle(2, isConfirmed: false)))
        #expect(backfiller.post(TinyExchange.candle(2)))
        #expect(candles().count == 4)
        #expect(backfiller.post(TinyExchange.candle(3)))
        #expect(candles().count == 5)
        await backfiller.shutdown()
    }

    @Test func `fetches a candle whose end was never told`() async throws {
        exchange.state.withLock { $0.closedCandles = 1 }
        backfiller.want([TinyExchange.instrument], [.kline(minutes: 1)])
        _ = backfiller.post(Self.connected)
        try await until { candles().count == 1 }
        exchange.state.withLock { $0.closedCandles = 4 }
        #expect(backfiller.post(TinyExchange.candle(3)))
        try await until { candles().count == 4 }
        #expect(candles().map(\.start) == (0..<4).map { TinyExchange.start + $0 * 60_000 })
        #expect(candles().map(\.isBackfill) == [true, true, true, false])
        await backfiller.shutdown()
    }

    @Test func `goes on without what can't be fetched in time, says so, and brings it late`() async throws {
        let backfiller = Self.make(exchange, tape) { settings in
            settings.holdMilliseconds = 30
            settings.retryFirstMilliseconds = 60
        }
        exchange.state.withLock { $0.lag = .max }
        backfiller.want([TinyExchange.instrument], [.trades])
        #expect(backfiller.post(exchange.trade()))
        _ = backfiller.post(Self.connected)
        for _ in 0..<3 { _ = exchange.trade() }
        #expect(backfiller.post(exchange.trade()))
        let error = try await tape.error("backfill.failed")
        #expect(error.instrument == TinyExchange.instrument)
        try await until { ids().count == 2 }
        #expect(ids() == [1, 5])
        exchange.state.withLock { $0.lag = 0 }
        try await until { ids().count == 5 }
        #expect(ids() == [1, 5, 2, 3, 4])
        #expect(backfiller.post(exchange.trade()))
        #expect(ids().last == 6)
        await backfiller.shutdown()
    }

    @Test func `brings every candle late where the exchange could not be asked in time`() async throws {
        let backfiller = Self.make(exchange, tape) { settings in
            settings.holdMilliseconds = 30
            settings.retryFirstMilliseconds = 60
            settings.startBarCount = 1
        }
        exchange.state.withLock { $0.closedCandles = 1 }
        backfiller.want([TinyExchange.instrument], [.kline(minutes: 1)])
        _ = backfiller.post(Self.connected)
        try await until { candles().count == 1 }
        exchange.state.withLock { state in
            state.isDown = true
            state.closedCandles = 12
        }
        _ = backfiller.post(Self.connected)
        #expect(backfiller.post(TinyExchange.candle(11)))
        try await until { candles().count == 2 }
        exchange.state.withLock { $0.isDown = false }
        try await until { candles().count == 12 }
        let starts = candles().map { ($0.start - TinyExchange.start) / 60_000 }
        #expect(starts == [0, 11] + Array(1...10))
        await backfiller.shutdown()
    }

    @Test func `asks no more for what the exchange does not serve`() async throws {
        exchange.state.withLock { $0.failures = 2 }
        backfiller.want([TinyExchange.instrument], [.trades])
        _ = backfiller.post(Self.connected)
        _ = try await tape.error("backfill.failed")
        #expect(backfiller.post(exchange.trade()))
        #expect(ids() == [1])
        await backfiller.shutdown()
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `brings every trade once and in order through any outages`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        backfiller.want([TinyExchange.instrument], [.trades])
        _ = backfiller.post(Self.connected)
        var isConnected = true
        for _ in 0..<300 {
            switch Int.random(in: 0..<20, using: &generator) {
            case 0:
                isConnected.toggle()
                if isConnected { _ = backfiller.post(Self.connected) }
            case 1: try await Task.sleep(for: .milliseconds(1))
            case 2: exchange.state.withLock { $0.lag = Int.random(in: 0..<5, using: &generator) }
            default:
                let trade = exchange.trade()
                if isConnected { #expect(backfiller.post(trade)) }
            }
        }
        exchange.state.withLock { $0.lag = 0 }
        if !isConnected { _ = backfiller.post(Self.connected) }
        #expect(backfiller.post(exchange.trade()))
        let count = exchange.state.withLock { $0.tradeCount }
        try await until { ids().last == count }
        #expect(ids() == Array(1...count))
        await backfiller.shutdown()
    }
}
