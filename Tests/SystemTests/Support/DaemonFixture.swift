import ControlProtocol
import Foundation
import Testing

/// A simulated exchange, a daemon that trades on it, and a folder for both; all gone after the test.
final class DaemonFixture {
    /// What one run of `botctl` came to.
    struct Answer {
        let status: Int32
        let output: String
        let errors: String

        /// The answer of a run with `--json`.
        func json() throws -> JSONValue { try JSONValue(parsing: Array(output.utf8)) }
        /// The events of a run of `botctl events --json`, one a line.
        func events() throws -> [JSONValue] { try DaemonFixture.jsonLines(output) }
    }

    let folder: URL
    /// The disk of its own under the state, where one was asked for.
    private(set) var disk: StateDisk?
    /// The disk that fails at a word, where one was asked for.
    let faultyDisk: FaultyDisk?
    private let settings: DaemonSettings
    private var port = 0
    private var plainPort = 0
    private(set) var exchange: RunningProgram
    private(set) var daemon: RunningProgram
    private var runCount = 0

    var socketPath: String { folder.appendingPathComponent("control.sock").path }
    var configurationPath: String { folder.appendingPathComponent("tradebot.toml").path }
    var journal: JournalFile {
        JournalFile(folder: folder.appendingPathComponent("state/journal").path)
    }

    /// Starts both; the daemon need not be ready yet.
    fileprivate init(_ settings: DaemonSettings, folder: URL) async throws {
        self.settings = settings
        self.folder = folder
        disk = try settings.stateKilobytes.map { size in
            try StateDisk(under: folder.appendingPathComponent("state"), kilobytes: size)
        }
        faultyDisk = settings.hasFaultyDisk ? try await FaultyDisk(under: folder) : nil
        exchange = try Self.startExchange(settings, folder: folder, port: 0, name: "exchange")
        plainPort = try await Self.announcedPort(of: exchange, scheme: "ws")
        port = settings.isSecure ? try await Self.announcedPort(of: exchange, scheme: "wss") : plainPort
        let text = try settings.configuration(
            folder: folder,
            port: port,
            authority: folder.appendingPathComponent("tls/cert.pem")
        )
        try text.write(
            to: folder.appendingPathComponent("tradebot.toml"),
            atomically: true,
            encoding: .utf8
        )
        daemon = try RunningProgram(
            "tradebotd",
            ["--config", folder.appendingPathComponent("tradebot.toml").path],
            folder: folder,
            name: "daemon",
            environment: faultyDisk?.environment ?? [:]
        )
    }

    fileprivate func tearDown() {
        daemon.kill()
        exchange.kill()
        disk = nil
    }

    // MARK: The exchange

    private static func startExchange(
        _ settings: DaemonSettings,
        folder: URL,
        port: Int,
        name: String
    ) throws -> RunningProgram {
        var arguments = [
            "--listen", "127.0.0.1:\(port)", "--generate", "7", "--rate", String(settings.messagesPerSecond),
            "--symbols", settings.symbols.joined(separator: ","), "--stdin-control",
        ]
        if settings.isSecure {
            arguments += [
                "--tls-listen", "127.0.0.1:0", "--tls-self-signed", folder.appendingPathComponent("tls").path,
            ]
        }
        return try RunningProgram("bybit-sim", arguments, folder: folder, name: name, hearsUs: true)
    }

    private static func announcedPort(of exchange: RunningProgram, scheme: String) async throws -> Int {
        try await eventually("the exchange's \(scheme) address") {
            guard exchange.isRunning else { throw Trouble("bybit-sim ended: \(exchange.errors)") }
            let prefix = "listening \(scheme)://127.0.0.1:"
            let lines = exchange.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            return lines.first { $0.hasPrefix(prefix) }.flatMap { Int($0.dropFirst(prefix.count)) }
        }
    }

    /// Kills the exchange as a crash would, and waits until it is gone.
    func killExchange() async throws {
        exchange.kill()
        _ = try await exchange.exitStatus()
    }

    /// Starts the exchange again where the daemon looks for it.
    func restartExchange() async throws {
        runCount += 1
        exchange = try Self.startExchange(
            settings,
            folder: folder,
            port: plainPort,
            name: "exchange-\(runCount)"
        )
        _ = try await Self.announcedPort(of: exchange, scheme: "ws")
    }

    // MARK: The daemon

    /// Another daemon on the same configuration.
    func anotherDaemon(_ arguments: [String] = []) throws -> RunningProgram {
        runCount += 1
        return try RunningProgram(
            "tradebotd",
            ["--config", configurationPath] + arguments,
            folder: folder,
            name: "daemon-\(runCount)",
            environment: faultyDisk?.environment ?? [:]
        )
    }

    /// Starts the daemon again after it ended.
    func restartDaemon() async throws {
        _ = try await daemon.exitStatus()
        daemon = try anotherDaemon()
    }

    /// Waits until the daemon says it is `lifecycle`, and gives its status.
    @discardableResult
    func isLifecycle(_ lifecycle: String) async throws -> JSONValue {
        try await eventually("\(lifecycle)") {
            guard daemon.isRunning else { throw Trouble("tradebotd ended: \(daemon.errors.suffix(2000))") }
            guard let status = try? await status(), status["lifecycle"]?.string == lifecycle else {
                return nil
            }
            return status
        }
    }

    func status() async throws -> JSONValue {
        let answer = try await botctl("status --json")
        guard answer.status == 0 else { throw Trouble("botctl status: \(answer.errors)") }
        return try answer.json()
    }

    // MARK: The client

    /// Starts `botctl` with these words and leaves it running.
    func startBotctl(_ words: String) throws -> RunningProgram {
        runCount += 1
        return try RunningProgram(
            "botctl",
            words.split(separator: " ").map(String.init) + ["--socket", socketPath],
            folder: folder,
            name: "botctl-\(runCount)"
        )
    }

    /// Runs `botctl` to its end.
    func botctl(_ words: String) async throws -> Answer {
        let program = try startBotctl(words)
        let status = try await program.exitStatus()
        return Answer(status: status, output: program.output, errors: program.errors)
    }

    /// Gives a command and the number at which it took effect.
    func command(_ words: String) async throws -> Int64 {
        let program = try startBotctl(words + " --json")
        let status = try await program.exitStatus()
        try #require(status == 0, "botctl \(words): \(program.errors)")
        let answer = try JSONValue(parsing: Array(program.output.utf8))
        return try #require(answer["seq"]?.integer)
    }

    /// The whole lines of `text` as JSON; a line that is still being written is left out.
    static func jsonLines(_ text: String) throws -> [JSONValue] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return try lines.map { try JSONValue(parsing: Array($0.utf8)) }
    }

    // MARK: The journal

    /// Waits until everything up to `sequence` is on disk.
    func journalReaches(_ sequence: Int64) async throws {
        _ = try await eventually("event \(sequence) in the journal") {
            try journal.extent().last >= sequence ? true : nil
        }
    }

    /// Waits for a row of `topic` above `sequence` for which `matches` holds.
    func row(
        _ topic: String,
        after sequence: Int64 = 0,
        _ what: String = "",
        where matches: (JSONValue) -> Bool = { _ in true }
    ) async throws -> JournalRow {
        try await eventually("\(topic) \(what) after \(sequence)") {
            // Until the daemon has made its journal there is nothing to read.
            let rows = (try? journal.rows(topic, after: sequence)) ?? []
            return rows.first { matches($0.payload) }
        }
    }

    /// Stops the daemon in good order, and asks its journal for every promise.
    func endsWhole() async throws {
        daemon.terminate()
        #expect(try await daemon.exitStatus() == 0)
        let verdict = try RunningProgram(
            "botlab",
            ["journal", "verify", journal.folder],
            folder: folder,
            name: "verify"
        )
        #expect(try await verdict.exitStatus() == 0, "\(verdict.output)")
    }

    /// Waits until an order goes to the venue.
    func order(after sequence: Int64 = 0) async throws -> JournalRow {
        try await row("exec:order_event", after: sequence, "submitting") {
            $0["state"]?.string == "submitting"
        }
    }

    /// Waits until an instrument's data are in this state.
    func health(_ state: String, after sequence: Int64) async throws -> JournalRow {
        try await row("market:health", after: sequence, state) { $0["state"]?.string == state }
    }
}

/// Runs `story` with a daemon of its own; when it throws, what the daemon said last is told too.
func withDaemon(
    _ settings: DaemonSettings = DaemonSettings(),
    _ story: (DaemonFixture) async throws -> Void
) async throws {
    await Slots.daemons.take()
    defer { Slots.daemons.giveBack() }
    try await withTemporaryFolder { folder in
        let bot = try await DaemonFixture(settings, folder: folder)
        defer { bot.tearDown() }
        do {
            try await story(bot)
        } catch {
            Issue.record("the daemon said last:\n\(bot.daemon.errorLines.suffix(15).joined(separator: "\n"))")
            throw error
        }
    }
}
