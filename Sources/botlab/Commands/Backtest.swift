import ArgumentParser
import Contracts
import FoundationEssentials
import HistoricalData
import Reporting
import TradingSystem

struct Backtest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a configuration on history, by the same planes as tradebotd.",
        discussion: """
            Reads candles, mark prices, funding rates, quotes, trades and recordings, several files at once, and \
            tells them to the planes in order of time; the venue is the paper venue. Where the data has no order \
            books, orders are filled from trades or candles, worse by --slippage; what of the settings gave way to \
            the data is told. The digest of the decisions is the same for the same decisions, live, replayed or \
            here.

              botlab backtest --config my.toml --data BTCUSDT_5m.csv.gz BTCUSDT_funding.csv.gz -o run.json
              botlab report run.json -o report.html
              botlab backtest --config my.toml --data recordings/ --instrument linear:BTCUSDT --check-lookahead 5

            Exit status: 0 done, 1 the look-ahead check found something, 65 the data is not what it should be, 66 \
            no such file, 74 the result can't be written, 78 the configuration is wrong.
            """
    )

    @OptionGroup var options: BacktestOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the whole result as JSON, for botlab report.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Run again on so many shorter pieces of the data, and compare every decision.",
            valueName: "number"
        )
    )
    var checkLookahead = 0

    @Flag(help: "Take no digest of all events; that of the decisions is always taken.")
    var noDigest = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (0...1_000).contains(checkLookahead) else {
            throw ValidationError("--check-lookahead is 0 to 1000.")
        }
    }

    func run() async throws {
        let input = try BacktestInput(options, sharesTrades: checkLookahead > 0)
        var settings = try input.checkedSettings()
        settings.digestsAllEvents = !noDigest
        let run = BacktestRun(settings: settings, data: input.data, seed: options.seed)
        let (result, cuts) = try await outcome(of: run, workers: input.workers)
        let figures = BacktestFigures(result)
        if let output { try write(result, cuts, input, to: output) }
        var out = StandardOutput()
        if json {
            var bytes: [UInt8] = []
            try EventJSONEncoder().encode(figures, into: &bytes)
            try out.write(bytes + [UInt8(ascii: "\n")])
        } else {
            try out.write(BacktestSummary(result, figures, cuts: cuts).text)
        }
        try out.flush()
        if cuts.contains(where: { $0.difference != nil }) { throw ExitCode.failure }
    }

    private func outcome(
        of run: BacktestRun,
        workers: Int
    ) async throws -> (BacktestResult, [LookAheadCheck.Cut]) {
        var bar = ProgressBar(unit: "events", isForced: options.progress)
        defer { bar.clear() }
        do {
            guard checkLookahead > 0 else {
                let result = try run.run { bar.show($0.share, count: $0.eventCount) }
                return (result, [])
            }
            return try await LookAheadCheck(run).check(cuts: checkLookahead, workers: workers) {
                bar.show($0.share, count: $0.eventCount)
            }
        } catch {
            bar.clear()
            throw BacktestInput.exit(for: error)
        }
    }

    private func write(
        _ result: BacktestResult,
        _ cuts: [LookAheadCheck.Cut],
        _ input: BacktestInput,
        to path: String
    ) throws {
        let origin = RunOrigin(input)
        var report = result.report(
            title:
                "\(result.instruments.map(\.symbol.description).joined(separator: ", ")), \(options.config)",
            version: Configuration.programVersion,
            inputDigest: origin.inputDigest
        )
        report.data = origin.files
        report.settings = origin.settings
        report.notices += notices(of: input, cuts)
        do {
            try JSONEncoder().encode(report).write(to: URL(filePath: path))
        } catch {
            StandardError.write("\(path) can't be written: \(error)\n")
            throw ExitCode(74)
        }
    }

    private func notices(of input: BacktestInput, _ cuts: [LookAheadCheck.Cut]) -> [RunNotice] {
        var notices = input.data.reports.filter { $0.badRowCount > 0 }.map {
            RunNotice(.warning, "\($0.path): \($0.badRowCount) bad rows were left out")
        }
        notices += input.data.reports.filter { $0.gapCount > 0 }.map {
            RunNotice(.note, "\($0.path): \($0.gapCount) gaps, \($0.missingCount) rows are missing")
        }
        guard !cuts.isEmpty else { return notices }
        let found = cuts.count { $0.difference != nil }
        notices.append(
            found == 0
                ? RunNotice(.passed, "look-ahead check: \(cuts.count) shorter runs decided the same")
                : RunNotice(
                    .warning,
                    "look-ahead check: \(found) of \(cuts.count) shorter runs decided otherwise"
                )
        )
        return notices
    }
}
