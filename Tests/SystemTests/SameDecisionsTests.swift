import ControlProtocol
import Foundation
import Testing

/// One recording three times: through simulator, socket and daemon, as a backtest, and the daemon's journal again.
@Suite(.timeLimit(.minutes(10))) struct `A recording` {
    /// Books and trades of this exchange's form, long enough to trade on.
    private static let shared: [URL] = {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(fileURLWithPath: environment["TRADEBOT_SHARED"] ?? "../shared", isDirectory: true)
        let folder = root.appendingPathComponent("data/raw_ws")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { $0.hasPrefix("reencoded_bybit_v5") }.map(folder.appendingPathComponent)
    }()

    @Test func `of the shared data leads to the same decisions live, in a backtest and replayed`()
        async throws
    {
        if Self.shared.isEmpty { print("skipped: no re-encoded recordings in TRADEBOT_SHARED") }
        for recording in Self.shared {
            try await expectSameDecisions(recording, streams: #""publicTrade", "orderbook.50""#)
        }
    }

    @Test func `by the daemon's own recorder does so too`() async throws {
        try await withTemporaryFolder { folder in
            let streams = #""tickers", "publicTrade", "orderbook.50", "kline.1""#
            let market = [
                "--generate", "11", "--symbols", "BTCUSDT,ETHUSDT", "--rate", "10", "--start-ms",
                "1700000000000", "--duration", "4m",
            ]
            let recorder = "[recorder]\nenabled = true\nfolder = \"\(folder.path)/recording\"\n"
            let run = try await WatchedRun(
                market,
                startsAt: 1_700_000_000_000,
                streams: streams,
                more: recorder,
                folder: folder
            )
            try await run.marketEnds()
            // In good order, so that the recording is whole.
            _ = try await run.botctl(["stop"])
            _ = try await run.daemon.exitStatus()
            run.exchange.kill()
            let recording = folder.appendingPathComponent("recording")
            try await expectSameDecisions(recording, streams: streams)
        }
    }

    private func expectSameDecisions(_ recording: URL, streams: String) async throws {
        await Slots.daemons.take()
        defer { Slots.daemons.giveBack() }
        try await withTemporaryFolder { folder in
            // Where the recording begins, only reading it tells.
            let start = try await Self.start(of: recording, folder: folder)
            let run = try await WatchedRun(
                ["--replay", recording.path],
                startsAt: start,
                streams: streams,
                folder: folder
            )
            try await run.marketEnds()
            // What a stop would decide is no part of the market.
            run.daemon.kill()
            _ = try await run.daemon.exitStatus()
            run.exchange.kill()

            let replayed = try await run.botlab(["replay", run.journal, "--config", run.configuration])
            let digest = try #require(replayed.firstMatch(of: /no difference.*decisions ([0-9a-f]{32})/)).1
            let rules = folder.appendingPathComponent("rules.jsonl")
            try await run.botlab(["journal", "export", run.journal, "--topic", "market:instrument"])
                .write(to: rules, atomically: true, encoding: .utf8)
            let backtest = try await run.botlab([
                "backtest", "--config", run.configuration, "--data", recording.path, "--timeline", "exchange",
                "--rules", rules.path, "--json",
            ])
            let figures = try JSONValue(parsing: Array(backtest.utf8))
            let count = figures["decisions"]?.integer ?? 0
            print("\(recording.lastPathComponent): decisions \(digest), \(count) of them")
            #expect(figures["decision_digest"]?.string == String(digest))
            #expect(count > 100 && (figures["orders"]?.integer ?? 0) > 0)
        }
    }

    private static func start(of recording: URL, folder: URL) async throws -> Int64 {
        let configuration = folder.appendingPathComponent("first.toml")
        try "[market]\nsymbols = [\"BTCUSDT\"]\n".write(to: configuration, atomically: true, encoding: .utf8)
        let look = try RunningProgram(
            "botlab",
            [
                "backtest", "--config", configuration.path, "--data", recording.path, "--timeline",
                "exchange",
                "--no-digest", "--json",
            ],
            folder: folder,
            name: "first"
        )
        try #require(try await look.exitStatus(within: .seconds(120)) == 0, "\(look.errors)")
        return try #require(JSONValue(parsing: Array(look.output.utf8))["first"]?.integer)
    }
}
