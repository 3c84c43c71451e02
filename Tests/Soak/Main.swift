import ArgumentParser
import Contracts
import FoundationEssentials
import Glibc
import Logging
import Systemd

/// Soaks the daemon: a long market at maximum speed, and at its end everything counted at both ends.
@main struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tradebot-soak",
        abstract: "Run the daemon's planes and journal on a simulator that plays as fast as it is read.",
        discussion: """
            Called by Tests/Soak/run-soak.sh, which starts the simulator. The daemon is wired as tradebotd wires it; \
            only its clock follows the exchange's time, and its connection waits where the kernel's inlet fills. \
            One JSON line on standard output; exit status 1 where a trade was lost or doubled, or memory grew.
            """
    )

    @Option(help: "The simulator's port on this machine.")
    var port: Int

    @Option(help: "Symbols, comma-separated.")
    var symbols: String

    @Option(help: "Streams, comma-separated.")
    var streams = "publicTrade,orderbook.50,tickers"

    @Option(help: "The market's first instant, in Unix milliseconds.")
    var startMs: Int64

    @Option(help: "Minutes of the market's time that the memory needs to settle.")
    var warmUpMinutes: Int64

    @Option(help: "The memory's bound: growth in percent after the warm-up.")
    var growthPercentMax = 1.0

    @Option(help: "Where the simulator writes what it has sent.")
    var summary: String

    @Option(help: "A folder for the state; it must be there.")
    var folder: String

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let output = LogOutput.detect(level: .error)
        LoggingSystem.bootstrap { output.handler(label: $0) }
        let names = symbols.split(separator: ",").map(String.init)
        let settings = SoakSettings(
            symbols: names,
            streams: streams.split(separator: ",").map(String.init),
            port: port,
            folder: folder
        )
        try settings.text.write(toFile: folder + "/tradebot.toml", atomically: true, encoding: .utf8)
        let outcome = try await SoakRun(
            configuration: try settings.configuration(),
            output: output,
            start: startMs,
            sampleMilliseconds: max(5_000, warmUpMinutes * 1_000),
            say: { Self.say($0) }
        ).run()
        Self.say("the exchange has ended after \(Int(outcome.seconds)) s; counting")
        let sent = try await SentCount(file: summary)
        let journal = try JournalCount(path: folder + "/journal")
        let verdict = SoakVerdict(
            outcome: outcome,
            sent: sent,
            journal: journal,
            journalBytes: Self.size(of: folder + "/journal"),
            instruments: names.compactMap { Instrument("linear:" + $0) },
            warmUp: startMs + warmUpMinutes * 60_000,
            growthMax: growthPercentMax / 100
        )
        print(verdict.line)
        for trouble in verdict.troubles { Self.say(trouble) }
        throw ExitCode(verdict.troubles.isEmpty ? 0 : 1)
    }

    private static func size(of folder: String) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return sum + ((attributes?[.size] as? UInt64).map(Int.init) ?? 0)
        }
    }

    private static func say(_ text: String) {
        let bytes = Array("tradebot-soak: \(text)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
