import Testing

@testable import ExchangeSimulator

@Suite(.timeLimit(.minutes(2))) struct `Simulator server` {
    /// A server whose market stands still until the test moves it.
    private func withServer(
        faults: [ScheduledFault] = [],
        runsByItself: Bool = false,
        _ body: @Sendable (SimulatorServer, Int) async throws -> Void
    ) async throws {
        let market = MarketChoice.generated(
            seed: 7,
            symbols: SimulatorOptions.defaultSymbols,
            rate: 20,
            startMs: 1_786_540_000_000
        )
        let server = try SimulatorServer(
            options: SimulatorOptions(market: market, runsByItself: runsByItself, faults: faults)
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

    @Test(arguments: ["linear", "spot", "inverse"])
    func `answers requests in the shape of the product line`(category: String) async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                #expect(try await client.upgrade(category).hasPrefix("HTTP/1.1 101"))
                try await client.send(#"{"req_id":1,"op":"ping"}"#)
                let pong = try await client.ack()
                #expect(pong["ret_msg"]?.string == "pong" && pong["op"]?.string == "ping")
                #expect(pong["req_id"]?.string == "1")
                guard category != "inverse" else { return }
                try await client.send(#"{"req_id":"a","op":"subscribe","args":["tickers.BTCUSDT"]}"#)
                let ack = try await client.ack()
                #expect(ack["success"] == .bool(true) && ack["op"]?.string == "subscribe")
                #expect(ack["ret_msg"]?.string == (category == "spot" ? "subscribe" : ""))
                #expect(ack["req_id"]?.string == "a" && ack["conn_id"]?.string != nil)
                #expect(try await client.json()["type"]?.string == "snapshot")
            }
        }
    }

    @Test func `answers the option line in its own way`() async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade("option")
                try await client.send(#"{"op":"subscribe","args":["tickers.X"]}"#)
                let answer = try await client.json()
                #expect(answer["type"]?.string == "COMMAND_RESP")
                #expect(answer["data"]?["failTopics"] == .array([.string("tickers.X")]))
                try await client.send(#"{"op":"ping"}"#)
                #expect(try await client.json()["op"]?.string == "pong")
            }
        }
    }

    @Test(arguments: [
        (
            #"{"op":"subscribe","args":["orderbook.500.BTCUSDT"]}"#,
            "error:handler not found,topic:orderbook.500.BTCUSDT"
        ),
        (#"{"op":"subscribe","args":["tickers.NOSUCH"]}"#, "error:handler not found,topic:tickers.NOSUCH"),
        (
            #"{"op":"subscribe","args":["tickers.BTCUSDT","tickers.BTCUSDT"]}"#,
            "error:already subscribed,topic:tickers.BTCUSDT"
        ),
        (#"{"op":"subscribe","args":[1]}"#, "error:args must be a list of topics"),
        (#"{"op":"subscribe"}"#, "error:args must be a list of topics"),
        (#"{"op":"dance"}"#, "error:unknown op"),
        (#"{"op":"#, "error:request is not a JSON object"),
        (#"[[[[]]]]"#, "error:request is not a JSON object"),
    ])
    func `refuses a bad request and stays`(request: String, why: String) async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                try await client.send(request)
                let answer = try await client.ack()
                #expect(answer["success"] == .bool(false) && answer["ret_msg"]?.string == why)
                try await client.send(#"{"op":"ping"}"#)
                #expect(try await client.ack()["ret_msg"]?.string == "pong")
            }
        }
    }

    @Test func `refuses more than ten topics at once on spot`() async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade("spot")
                let topics = (0..<11).map { "\"tickers.T\($0)\"" }.joined(separator: ",")
                try await client.send("{\"op\":\"subscribe\",\"args\":[\(topics)]}")
                #expect(try await client.ack()["ret_msg"]?.string == "args size >10")
            }
        }
    }

    @Test func `sends a book without gaps until told to make one`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                try await client.send(#"{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}"#)
                #expect(try await client.ack()["success"] == .bool(true))
                let first = try #require(try await client.json()["data"]?["u"]?.integer)
                await server.advance(byMilliseconds: 1000)
                #expect(try await client.json()["data"]?["u"]?.integer == first + 1)
                try await client.send(#"{"op":"unsubscribe","args":["orderbook.50.BTCUSDT"]}"#)
                #expect(try await client.ack()["op"]?.string == "unsubscribe")
                try await client.send(#"{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}"#)
                #expect(try await client.ack()["success"] == .bool(true))
                let fresh = try await client.json()
                #expect(fresh["type"]?.string == "snapshot")
                let base = try #require(fresh["data"]?["u"]?.integer)
                await server.inject(.gap)
                await server.advance(byMilliseconds: 1000)
                #expect(try await client.json()["data"]?["u"]?.integer == base + 2)
            }
        }
    }

    @Test func `drops connections on demand`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                await server.inject(.drop(refusing: .zero))
                await #expect(throws: (any Error).self) { _ = try await client.frame() }
            }
            try await StreamClient.with(port: port) { client in
                let head = try await client.upgrade()
                #expect(head.hasPrefix("HTTP/1.1 101"))
            }
        }
    }

    @Test func `falls silent towards those connected, not towards newcomers`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { old in
                _ = try await old.upgrade()
                await server.inject(.silence(.seconds(3600)))
                try await old.send(#"{"op":"ping"}"#)
                try await StreamClient.with(port: port) { new in
                    _ = try await new.upgrade()
                    try await new.send(#"{"op":"ping"}"#)
                    #expect(try await new.ack()["ret_msg"]?.string == "pong")
                }
                // Whatever the old connection gets next is not its pong.
                await server.inject(.garbage(.zero))
                let bytes = try await old.frame().payload
                #expect(throws: JSONError.self) { try JSONReader.read(bytes) }
            }
        }
    }

    @Test func `refuses connections and subscriptions on demand`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                await server.inject(.reject(.seconds(3600)))
                try await client.send(#"{"op":"subscribe","args":["tickers.BTCUSDT"]}"#)
                #expect(try await client.ack()["success"] == .bool(false))
                await server.inject(.refuse(.seconds(3600)))
                await #expect(throws: (any Error).self) {
                    try await StreamClient.with(port: port) { late in _ = try await late.upgrade() }
                }
            }
        }
    }

    @Test func `holds back and then sends everything when slow`() async throws {
        try await withServer { server, port in
            try await StreamClient.with(port: port) { client in
                _ = try await client.upgrade()
                await server.inject(.slow(pause: .milliseconds(20), .milliseconds(40)))
                try await client.send(#"{"op":"ping"}"#)
                #expect(try await client.ack()["ret_msg"]?.string == "pong")
            }
        }
    }

    @Test func `cuts off a client that does not read`() async throws {
        let market = MarketChoice.generated(
            seed: 7,
            symbols: ["BTCUSDT"],
            rate: 20,
            startMs: 1_786_540_000_000
        )
        let server = try SimulatorServer(
            options: SimulatorOptions(market: market, runsByItself: false, sendQueueBytesMax: 4096)
        )
        let port = try #require(try await server.start().plain)
        try await StreamClient.with(port: port) { client in
            _ = try await client.upgrade()
            try await client.send(#"{"op":"subscribe","args":["orderbook.200.BTCUSDT"]}"#)
            await #expect(throws: (any Error).self) {
                while true { _ = try await client.frame() }
            }
        }
        await server.stop()
    }

    @Test(
        arguments: [
            ("/v5/market/time", 0), ("/v5/market/instruments-info?category=linear", 0),
            ("/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=5", 0),
            ("/v5/market/tickers?category=spot", 0),
            ("/v5/market/kline?symbol=BTCUSDT&interval=5", 0),
            ("/v5/market/recent-trade?category=linear&symbol=BTCUSDT", 0),
            ("/v5/market/kline?symbol=BTCUSDT&interval=7", 10001), ("/v5/market/tickers", 10001),
            ("/v5/market/orderbook?category=linear&symbol=NOSUCH", 10001),
            ("/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=x", 10001),
        ] as [(String, Int64)]
    )
    func `answers REST calls`(path: String, code: Int64) async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                let answer = try await client.get(path)
                #expect(answer.head.hasPrefix("HTTP/1.1 200"))
                #expect(answer.body["retCode"]?.integer == code)
                #expect(answer.body["result"]?.members != nil)
            }
        }
    }

    @Test func `pages through the instruments`() async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                var symbols: [String] = []
                var cursor = ""
                repeat {
                    let path = "/v5/market/instruments-info?category=linear&limit=3&cursor=" + cursor
                    let result = try #require(try await client.get(path).body["result"])
                    symbols += (result["list"]?.array ?? []).compactMap { $0["symbol"]?.string }
                    cursor = try #require(result["nextPageCursor"]?.string)
                } while !cursor.isEmpty
                #expect(symbols == SimulatorOptions.defaultSymbols.sorted())
            }
        }
    }

    @Test func `knows no other path`() async throws {
        try await withServer { _, port in
            try await StreamClient.with(port: port) { client in
                let call = try await client.get("/v5/order/create").head
                #expect(call.hasPrefix("HTTP/1.1 404"))
                let stream = try await client.upgrade("nothing")
                #expect(stream.hasPrefix("HTTP/1.1 404"))
            }
        }
    }

    @Test func `says why it can't listen`() async throws {
        try await withServer { _, port in
            let second = try SimulatorServer(options: SimulatorOptions(listen: ListenAddress(port: port)))
            let error = await #expect(throws: SimulatorError.self) { _ = try await second.start() }
            #expect(error?.exitCode == 69)
        }
    }
}
