import ArgumentParser
import Glibc

/// Measures the core and prints figures as JSON lines, in the shape that every peer's bench prints.
@main struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tradebot-bench",
        abstract: "Measure bus, backtest, reader, sockets, book, journal, numbers and the start of botctl.",
        discussion: """
            One JSON line a figure on standard output, notes on standard error. CPU-bound figures are taken with \
            the thread's CPU clock, the median of five repeats; the journal and the start of a process with the \
            wall clock. See docs/performance.md.
            """
    )

    @Argument(help: "What to measure, such as 1-bus or json (default: everything).")
    var groups: [BenchGroup] = []

    @Option(help: ArgumentHelp("Control socket of a running daemon, for 9-start.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("The botctl to start (default: beside this program).", valueName: "path"))
    var botctl: String?

    @Option(help: ArgumentHelp("Read frames from a file, one a line, beside our own.", valueName: "file"))
    var frames: String?

    @Option(help: ArgumentHelp("The peers' native WebSocket server, beside our own.", valueName: "path"))
    var wsServer: String?

    @Option(
        help: ArgumentHelp("The peers' series of bars and ticks, for 2-backtest.", valueName: "folder")
    )
    var series: String?

    @Option(help: ArgumentHelp("The built C/journal_peer.c, to run beside our journal.", valueName: "path"))
    var journalPeer: String?

    @Option(help: ArgumentHelp("How long the journal is that is asked.", valueName: "events"))
    var journalEvents = 10_000_000

    @Option(help: ArgumentHelp("What the figures call this version.", valueName: "text"))
    var label = "development"

    @Option(help: ArgumentHelp("Bounds to compare with.", valueName: "file"))
    var thresholds = "Tests/Benchmarks/thresholds.json"

    @Flag(help: "Say which figures are outside their bounds; the exit status stays 0.")
    var check = false

    func run() async throws {
        let report = Report(version: label)
        for group in groups.isEmpty ? BenchGroup.allCases : groups { try await run(group, report) }
        guard check else { return }
        let bounds = try Thresholds(contentsOf: thresholds)
        for line in bounds.remarks(on: report.figures) { Report.note(line) }
    }

    private func run(_ group: BenchGroup, _ report: Report) async throws {
        switch group {
        case .machine: MachineBench.run(report)
        case .bus: BusBench.run(report)
        case .backtest: try await BacktestBench.run(report, series: series)
        case .json: try FrameBench.run(report, file: frames)
        case .journal: try JournalBench.run(report, peer: journalPeer, eventCount: journalEvents)
        case .webSocket: try WebSocketBench.run(report, server: wsServer)
        case .book: try BookBench.run(report, beside: frames)
        case .latency: try LatencyBench.run(report)
        case .start: StartBench.run(report, botctl: botctl ?? besideMe("botctl"), socket: socket)
        case .numbers: NumberBench.run(report)
        }
    }

    private func besideMe(_ name: String) -> String {
        let me = CommandLine.arguments.first ?? ""
        guard let slash = me.lastIndex(of: "/") else { return name }
        return me[...slash] + name
    }
}

/// One subject, named as the peers name theirs.
enum BenchGroup: String, CaseIterable, ExpressibleByArgument {
    case machine = "0-machine"
    case bus = "1-bus"
    case backtest = "2-backtest"
    case json = "3-json"
    case journal = "4-journal"
    case webSocket = "5-websocket"
    case book = "6-book"
    case latency = "9-latency"
    case start = "9-start"
    case numbers = "numbers"

    /// Takes the name with its number or without.
    init?(argument: String) {
        guard let group = Self.allCases.first(where: { $0.rawValue == argument || $0.shortName == argument })
        else { return nil }
        self = group
    }

    private var shortName: String {
        rawValue.drop { $0.isNumber || $0 == "-" }.description
    }
}
