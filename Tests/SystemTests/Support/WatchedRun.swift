import ControlProtocol
import Foundation

/// A market that is played as fast as it is read, and a daemon that lives by its clock.
final class WatchedRun {
    let folder: URL
    let exchange: RunningProgram
    let daemon: RunningProgram
    private var runCount = 0

    var configuration: String { folder.appendingPathComponent("tradebot.toml").path }
    var journal: String { folder.appendingPathComponent("state/journal").path }
    private var socket: String { folder.appendingPathComponent("control.sock").path }

    /// Starts both; `market` says to the simulator what it plays, `more` is added to the demonstration's settings.
    init(
        _ market: [String],
        startsAt start: Int64,
        streams: String,
        more: String = "",
        folder: URL
    ) async throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("state"),
            withIntermediateDirectories: true
        )
        let exchange = try RunningProgram(
            "bybit-sim",
            ["--listen", "127.0.0.1:0", "--start", "first-subscription", "--speed", "max"] + market,
            folder: folder,
            name: "exchange"
        )
        let port = try await eventually("the exchange's address") {
            guard exchange.isRunning else { throw Trouble("bybit-sim ended: \(exchange.errors)") }
            return exchange.output.firstMatch(of: /listening ws:\/\/127.0.0.1:([0-9]+)\n/)?.1
        }
        let demonstration = Programs.packageRoot.appendingPathComponent("deploy/demo.toml")
        let values = [
            ("@STATE@", folder.appendingPathComponent("state").path), ("@PORT@", String(port)),
            ("@SOCKET@", folder.appendingPathComponent("control.sock").path),
            ("@SYMBOLS@", #""BTCUSDT", "ETHUSDT""#), ("@STREAMS@", streams), ("@BAR_SECONDS@", "5"),
            ("[control]", "clock = \"exchange\"\nclock_start_ms = \(start)\n\n[control]"),
        ]
        let text = values.reduce(try String(contentsOf: demonstration, encoding: .utf8)) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
        try (text + "\n" + more).write(
            to: folder.appendingPathComponent("tradebot.toml"),
            atomically: true,
            encoding: .utf8
        )
        self.exchange = exchange
        daemon = try RunningProgram(
            "tradebotd",
            ["--config", folder.appendingPathComponent("tradebot.toml").path],
            folder: folder,
            name: "daemon"
        )
    }

    deinit {
        daemon.kill()
        exchange.kill()
    }

    /// Waits until the market has nothing more to say and the journal holds all of it.
    func marketEnds() async throws {
        var (last, stillCount) = (Int64(-1), 0)
        _ = try await eventually("the end of the market", within: .seconds(300)) { () -> Bool? in
            guard daemon.isRunning else { throw Trouble("tradebotd ended: \(daemon.errors.suffix(2_000))") }
            guard let status = try? await status(), let journal = status["journal"],
                let head = journal["head"]?.integer
            else { return nil }
            stillCount =
                head == last && head > 1_000 && journal["written"]?.integer == head ? stillCount + 1 : 0
            last = head
            // The simulator waits for nobody but us: where nothing came so often, nothing comes.
            return stillCount >= 40 ? true : nil
        }
    }

    private func status() async throws -> JSONValue {
        try await JSONValue(parsing: Array(botctl(["status", "--json"]).utf8))
    }

    @discardableResult
    func botctl(_ words: [String]) async throws -> String {
        try await run("botctl", words + ["--socket", socket])
    }

    /// Runs `botlab` to its end and gives what it printed.
    func botlab(_ words: [String]) async throws -> String { try await run("botlab", words) }

    private func run(_ program: String, _ words: [String]) async throws -> String {
        runCount += 1
        let run = try RunningProgram(program, words, folder: folder, name: "\(program)-\(runCount)")
        let status = try await run.exitStatus(within: .seconds(120))
        guard status == 0 else {
            throw Trouble("\(program) \(words.joined(separator: " ")): \(status): \(run.output)\(run.errors)")
        }
        return run.output
    }
}
