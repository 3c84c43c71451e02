import ControlProtocol
import Testing

@Suite struct `A hostile client` {
    private static let status = #"{"id":"1","query":{"what":"status"}}"# + "\n"

    @Test(arguments: [
        ("garbage", "hello\u{0}\u{1}\n", "usage.malformed"),
        ("no object", "[1,2,3]\n", "usage.malformed"),
        ("a key twice", #"{"id":"1","id":"2","query":{"what":"status"}}"# + "\n", "usage.malformed"),
        ("depth", String(repeating: "[", count: 10_000) + "\n", "usage.malformed"),
        ("no number", #"{"id":NaN}"# + "\n", "usage.malformed"),
        (
            "an endless line", String(repeating: "x", count: ControlLimits.lineInBytesMax + 1),
            "usage.line_too_long"
        ),
        ("silence", "", "usage.idle"),
    ])
    func `gets one error and is closed`(what: String, text: String, code: String) async throws {
        try await withDaemon(Self.quiet) { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let client = try ControlSocketClient(path: bot.socketPath)
            // When
            try await client.send(text)
            let lines = try await client.linesToEnd()
            // Then
            #expect(lines.count == 2, "\(what): \(lines)")
            #expect(lines.first?["tradebot"] != nil)
            #expect(lines.last?["error"]?["code"]?.string == code)
            try await bot.isLifecycle("RUNNING")
        }
    }

    @Test func `that leaves in the middle of a line is forgotten`() async throws {
        try await withDaemon(Self.quiet) { bot in
            try await bot.isLifecycle("RUNNING")
            // More often than there are places, so that a place that is not given back is seen.
            for _ in 0..<(2 * ControlLimits.connectionsPerUserMax) {
                let client = try ControlSocketClient(path: bot.socketPath)
                try await client.send(#"{"id":"1","query":{"wh"#)
                client.endSending()
                let lines = try await client.linesToEnd()
                #expect(lines.first?["tradebot"] != nil, "\(lines)")
            }
            try await bot.isLifecycle("RUNNING")
        }
    }

    @Test func `asks what nobody may and is answered, not closed`() async throws {
        try await withDaemon(Self.quiet) { bot in
            try await bot.isLifecycle("RUNNING")
            let client = try ControlSocketClient(path: bot.socketPath)
            try await client.send(#"{"id":"7","query":{"what":"statsu"}}"# + "\n")
            try await client.send(#"{"id":"8","topic":"exec:order_event","payload":{"side":"buy"}}"# + "\n")
            try await client.send(Self.status)
            var answers: [JSONValue] = []
            while answers.count < 4 { answers += try await client.nextLines() }
            #expect(answers[1]["error"]?["code"]?.string == "usage.unknown_query")
            #expect(answers[2]["error"]?["code"]?.string == "usage.bad_value")
            #expect(answers[3]["ok"]?["lifecycle"]?.string == "RUNNING")
        }
    }

    @Test func `may open so many connections and no more, and others get in after it`() async throws {
        try await withDaemon(Self.quiet) { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            // When
            let clients = try (0..<70).map { _ in try ControlSocketClient(path: bot.socketPath) }
            var first: [JSONValue] = []
            for client in clients { first.append(try #require(try await client.nextLines().first)) }
            // Then
            let greeted = first.count { $0["tradebot"] != nil }
            #expect(greeted <= ControlLimits.connectionsPerUserMax)
            #expect(greeted >= 1)
            #expect(first.count { $0["error"]?["code"]?.string == "busy" } == 70 - greeted)
            // Those who say nothing lose their places by themselves.
            try await bot.isLifecycle("RUNNING")
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `that reads nothing is told what it missed and delays nobody`() async throws {
        var settings = DaemonSettings()
        settings.messagesPerSecond = 200
        try await withDaemon(settings) { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let slow = try ControlSocketClient(path: bot.socketPath)
            try await slow.send(#"{"id":"1","subscribe":{"topics":["*"]}}"# + "\n")
            let start = try bot.journal.extent().last
            // When
            _ = try await eventually("more events than the client's buffers hold") {
                let status = try await bot.status()
                #expect(status["lifecycle"]?.string == "RUNNING")
                return (status["seq"]?.integer ?? 0) > start + 10_000 ? true : nil
            }
            // Then
            var frames: [JSONValue] = []
            let isTold = try await eventually("the gap frame, and events after it") {
                frames += try slow.lines()
                let gap = frames.firstIndex { $0["gap"] != nil }
                return gap.map { frames.count > $0 + 1 } == true ? true : nil
            }
            #expect(isTold)
            let streamed = frames.filter { $0["topic"] != nil || $0["gap"] != nil }
            let first = try #require(streamed.first?["seq"]?.integer)
            #expect(`botctl events`.holes(in: streamed, after: first - 1).isEmpty)
            #expect(!slow.isClosed)
            try await bot.isLifecycle("RUNNING")
        }
    }

    /// One symbol is market enough where nothing is traded.
    private static var quiet: DaemonSettings {
        var settings = DaemonSettings()
        settings.symbols = ["BTCUSDT"]
        return settings
    }
}
