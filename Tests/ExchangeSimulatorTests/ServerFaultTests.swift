import Testing

@testable import ExchangeSimulator

@Suite(.timeLimit(.minutes(2))) struct `Faulty simulator` {
    private static let startMs: Int64 = 1_786_540_000_000

    /// A server whose market stands still until the test moves it, unless it runs by itself.
    private func withServer(
        symbols: [String] = ["linear:BTCUSDT"],
        rate: Double = 20,
        speed: Double = 1,
        durationMs: Int64? = nil,
        hasOutages: Bool = false,
        runsByItself: Bool = false,
        faults: [ScheduledFault] = [],
        _ body: @Sendable (SimulatorServer, Int) async throws -> Void
    ) async throws {
        let market = MarketChoice.generated(seed: 7, symbols: symbols, rate: rate, startMs: Self.startMs)
        let server = try SimulatorServer(
            options: SimulatorOptions(
                market: market,
                speed: speed,
                durationMs: durationMs,
                hasOutages: hasOutages,
                runsByItself: runsByItself,
                exitsAtEnd: durationMs != nil,
                faults: faults
            )
        )
        let port = try #require(try await server.start().plain)
        do {
            try await body(server, port)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    // MARK: Connections

    @Test func `cuts connections at a restart and numbers books from one`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                await server.inject(.restart(.zero))
                #expect(try await client.frame().opcode == 8)
                await #expect(throws: (any Error).self) { _ = try await client.frame() }
            }
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                try await client.send(#"{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}"#)
                _ = try await client.ack()
                await server.advance(byMilliseconds: 1000)
                #expect(try await client.json()["data"]?["u"]?.integer == 1)
                #expect(try await client.json()["data"]?["u"]?.integer == 2)
            }
        }
    }

    @Test func `resets connections`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                await server.inject(.reset(refusing: .zero))
                await #expect(throws: (any Error).self) { _ = try await client.frame() }
            }
        }
    }

    @Test func `leaves half-open connections for dead, not newcomers`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { old in
                _ = try await old.upgrade()
                await server.inject(.halfOpen)
                try await old.send(#"{"op":"ping"}"#)
                try await StreamClient.with(port: port) { new in
                    _ = try await new.upgrade()
                    try await new.send(#"{"op":"ping"}"#)
                    #expect(try await new.ack()["ret_msg"]?.string == "pong")
                }
            }
        }
    }

    @Test func `gives what a stall held back, in order`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                try await client.send(#"{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}"#)
                _ = try await client.ack()
                let first = try #require(try await client.json()["data"]?["u"]?.integer)
                await server.inject(.stall(.milliseconds(100)))
                await server.advance(byMilliseconds: 2000)
                for step in Int64(1)...10 {
                    #expect(try await client.json()["data"]?["u"]?.integer == first + step)
                }
            }
        }
    }

    // MARK: Messages

    @Test(
        arguments: [
            (.duplicate(.seconds(60)), [0, 1]), (.lose(.seconds(60)), [1, 2]),
            (.reorder(.seconds(60)), [-1, 1, 2]), (.delay(by: .milliseconds(50), .milliseconds(200)), [1]),
        ] as [(Fault, Set<Int64>)]
    )
    func `spoils the order of messages`(fault: Fault, steps: Set<Int64>) async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                try await client.send(#"{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}"#)
                _ = try await client.ack()
                await server.inject(fault)
                await server.advance(byMilliseconds: 5000)
                var ids: [Int64] = []
                while ids.count < 40 { ids.append(try await client.json()["data"]?["u"]?.integer ?? 0) }
                #expect(Set(zip(ids, ids.dropFirst()).map { $1 - $0 }) == steps)
            }
        }
    }

    // MARK: Data

    @Test func `tells of maintenance and closes all instruments for it`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade("misc/status")
                try await client.send(#"{"op":"subscribe","args":["system.status"]}"#)
                #expect(try await client.ack()["success"] == .bool(true))
                await server.inject(.maintenance(.seconds(5)))
                let begin = try await client.json()
                #expect(begin["data"]?.array?.first?["state"]?.string == "ongoing")
                try await StreamClient.with(port: port) { rest in
                    let list = try await rest.get("/v5/market/instruments-info?category=linear").body
                    let status = list["result"]?["list"]?.array?.first?["status"]?.string
                    #expect(status == "Closed")
                }
                #expect(try await client.json()["data"]?.array?.first?["state"]?.string == "completed")
            }
        }
    }

    @Test(
        arguments: [
            (RestFault.overloaded, 429, 10429), (.limited, 200, 10006), (.unknownCode, 200, 99_999),
            (.empty, 200, 0),
        ] as [(RestFault, Int, Int64)]
    )
    func `answers REST calls wrongly`(fault: RestFault, status: Int, code: Int64) async throws {
        try await withServer { server, port in
            await server.inject(.rest(fault, .seconds(60)))
            try await StreamClient.with(port: port) { client in
                let answer = try await client.get("/v5/market/tickers?category=linear")
                #expect(answer.head.hasPrefix("HTTP/1.1 \(status)"))
                #expect(answer.body["retCode"]?.integer == code)
            }
        }
    }

    @Test(arguments: [RestFault.html, .badGateway, .truncated, .forbidden, .cut])
    func `answers REST calls with no JSON at all`(fault: RestFault) async throws {
        try await withServer { server, port in
            await server.inject(.rest(fault, .seconds(60)))
            try await StreamClient.with(port: port) { client in
                let error = await #expect(throws: (any Error).self) {
                    _ = try await client.get("/v5/market/time")
                }
                #expect(error != nil)
            }
        }
    }

    @Test func `says when all faults are over`() async throws {
        let faults = [ScheduledFault(.silence(.milliseconds(50)), after: .milliseconds(50))]
        try await withServer(faults: faults) { server, _ in
            await server.faultsAreOver()
        }
    }

    // MARK: As fast as the client reads

    @Test(arguments: [(20, 60_000, false), (1, 1_500_000, true)] as [(Double, Int64, Bool)])
    func `counts at maximum speed exactly what a client gets`(
        rate: Double,
        durationMs: Int64,
        hasOutages: Bool
    ) async throws {
        let topics = ["publicTrade.BTCUSDT", "orderbook.50.BTCUSDT", "tickers.BTCUSDT", "kline.1.BTCUSDT"]
        let request = "{\"op\":\"subscribe\",\"args\":[\(topics.map { "\"\($0)\"" }.joined(separator: ","))]}"
        try await withServer(
            rate: rate,
            speed: .infinity,
            durationMs: durationMs,
            hasOutages: hasOutages,
            runsByItself: true
        ) { server, port in
            var counts: [String: Int] = [:]
            var trades: Set<String> = []
            var restarts = 0
            while await server.summary().map({ $0.simulatedMs < durationMs }) == true, restarts < 20 {
                let seen = try? await StreamClient.with(port: port) { client in
                    _ = try await client.upgrade()
                    try await client.send(request)
                    return await Self.listen(to: &client)
                }
                guard let seen else {
                    try await Task.sleep(for: .milliseconds(20))
                    continue
                }
                restarts += 1
                counts.merge(seen.counts, uniquingKeysWith: +)
                #expect(trades.isDisjoint(with: seen.trades))
                trades.formUnion(seen.trades)
            }
            let summary = try #require(await server.summary())
            #expect(summary.markets.map(\.name) == ["linear:BTCUSDT"])
            #expect(summary.trades == UInt64(trades.count))
            #expect(summary.markets.first.map { trades.contains($0.lastTradeID) } == true)
            #expect(summary.tickers == UInt64(counts["tickers"] ?? 0))
            #expect(summary.bookDeltas + summary.bookSnapshots == UInt64(counts["orderbook"] ?? 0))
            #expect(summary.klines == UInt64(counts["kline"] ?? 0))
            if hasOutages { #expect(restarts > 1) }
        }
    }

    /// Reads to the end of a connection; counts by kind, and the ids of the trades.
    private static func listen(
        to client: inout StreamClient
    ) async -> (counts: [String: Int], trades: Set<String>) {
        var counts: [String: Int] = [:]
        var trades: Set<String> = []
        while let frame = try? await client.frame() {
            guard frame.opcode == 1, let message = try? JSONReader.read(frame.payload),
                let topic = message["topic"]?.string
            else { continue }
            counts[String(topic.prefix { $0 != "." }), default: 0] += 1
            guard topic.hasPrefix("publicTrade") else { continue }
            for trade in message["data"]?.array ?? [] {
                let isNew = trades.insert(trade["i"]?.string ?? "").inserted
                #expect(isNew)
            }
        }
        return (counts, trades)
    }
}
