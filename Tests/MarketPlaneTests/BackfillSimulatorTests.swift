import AsyncHTTPClient
import BybitProtocol
import Contracts
import EventKernel
import ExchangeSimulator
import Logging
import MarketPlane
import NIOPosix
import Testing
import WebSocketTransport

/// Over real sockets, to the simulated exchange.
@Suite(.serialized, .timeLimit(.minutes(1))) struct `What was missed at the exchange` {
    private static let streams: [MarketStream] = [.trades, .kline(minutes: 1), .ticker]

    private func trades(_ tape: Tape) -> [TradeID] {
        tape.events.compactMap { if case .marketTrade(let trade) = $0 { trade.id } else { nil } }
    }

    private func until(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test func `is there once and in order, through losses of the connection`() async throws {
        let (server, port) = try await Bench.simulator()
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        let (settings, tape, clock) = (MarketSettings.local(port: port), Tape(), SystemClock())
        let rest = RestClient(
            url: settings.restURL,
            transport: HTTPTransport(client: http, timeoutMilliseconds: 5_000),
            clock: clock
        )
        var backfill = BackfillSettings()
        backfill.quietMilliseconds = 100
        backfill.holdMilliseconds = 30_000
        let backfiller = Backfiller(rest: rest, settings: backfill, clock: clock, post: { tape.post($0) })
        let client = BybitPublicWsClient(
            category: .linear,
            settings: settings,
            configuration: WebSocketConfiguration(),
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            clock: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            post: { backfiller.post($0) }
        )
        backfiller.want([.fixture()], Self.streams)
        client.subscribe(Bench.topics(Self.streams))
        client.connect()
        for _ in 0..<4 {
            let before = trades(tape).count
            try await until { trades(tape).count > before + 20 }
            await server.inject(.drop(refusing: .milliseconds(150)))
            _ = try await tape.disconnected()
        }
        let before = trades(tape).count
        try await until { trades(tape).count > before + 20 }
        await client.disconnect(why: "the test ends")
        await backfiller.shutdown()

        let told = trades(tape)
        #expect(Set(told).count == told.count)
        let made = try await rest.recentTrades(.fixture(), count: 1_000).map(\.id)
        // The exchange tells so many of the newest: from the first that both know on they agree.
        let first = try #require(made.first { told.contains($0) })
        let toldSince = Array(told[try #require(told.firstIndex(of: first))...])
        let madeSince = Array(made[try #require(made.firstIndex(of: first))...])
        #expect(toldSince == Array(madeSince.prefix(toldSince.count)))
        let starts = tape.events.compactMap { event -> UnixMilliseconds? in
            if case .marketKline(let candle) = event, candle.isConfirmed { candle.start } else { nil }
        }
        #expect(starts.count > 10)
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 == $0 + 60_000 })
        let errors = tape.events.compactMap { event -> String? in
            if case .marketError(let error) = event, error.code.hasPrefix("backfill") {
                error.code
            } else {
                nil
            }
        }
        #expect(errors.isEmpty)
        try await http.shutdown()
        await server.stop()
    }

    @Test func `is asked of every market call that the exchange serves`() async throws {
        let (server, port) = try await Bench.simulator()
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        let rest = RestClient(
            url: "http://127.0.0.1:\(port)",
            transport: HTTPTransport(client: http, timeoutMilliseconds: 5_000),
            clock: SystemClock()
        )
        let rules = try await rest.instruments(of: .linear)
        #expect(rules.refused.isEmpty && rules.rules.contains { $0.spec.instrument == .fixture() })
        #expect(try await rest.serverTime() > 0)
        #expect(try await rest.bookSnapshot(.fixture(), depth: 50).bids.count == 50)
        #expect(try await rest.klines(.fixture(), minutes: 1, count: 50).count == 50)
        // A market that has just begun may not have traded yet.
        while try await rest.recentTrades(.fixture(), count: 100).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try await !rest.fundingHistory(.fixture(), count: 5).isEmpty)
        #expect(try await !rest.openInterest(.fixture(), count: 5).isEmpty)
        try await http.shutdown()
        await server.stop()
    }
}
