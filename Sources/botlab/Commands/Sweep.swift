import ArgumentParser
import Contracts
import FoundationEssentials
import GRDB
import Glibc
import HistoricalData
import TradingSystem

struct Sweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Backtest many settings on one history, on all processors.",
        discussion: """
            --set names a setting of the configuration by section and key, and its values: a,b,c or lo..hi:step. \
            Without --random every combination is run; with it so many are drawn by --seed, and a range may stand \
            without a step. Candles and trades are read once for all runs. The result file is SQLite: the tables \
            sweep, runs (figures and digests) and parameters.

              botlab sweep --config my.toml --data BTCUSDT_5m.csv.gz \\
                --set features.ema_fast_bars=6..24:6 --set features.ema_slow_bars=40,60,90 -o sweep.sqlite
              botlab sweep --config my.toml --data BTCUSDT_5m.csv.gz --set features.ema_fast_bars=5..50 \\
                --random 100 --seed 7 -o sweep.sqlite

            Exit status: 0 done, 1 no run could be done, 65 the data is not what it should be, 66 no such file, 74 \
            the result can't be written, 78 the configuration is wrong.
            """
    )

    @OptionGroup var options: BacktestOptions

    @Option(
        help: ArgumentHelp(
            "A setting and its values, as strategy.ema_cross.notional=500,1000; may stand several times.",
            valueName: "key=values"
        )
    )
    var set: [SweepAxis] = []

    @Option(help: ArgumentHelp("Draw so many combinations.", valueName: "number"))
    var random: Int?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The result file, which must not be there yet.", valueName: "file")
    )
    var output: String?

    @Option(help: "What the runs are ordered by: sharpe, sortino, calmar, return, drawdown or profit_factor.")
    var by = SweepFigure.sharpe

    @Option(help: ArgumentHelp("So many runs in the table.", valueName: "number"))
    var top = 20

    func validate() throws {
        if set.isEmpty { throw ValidationError("--set names at least one setting and its values.") }
        if Set(set.map(\.key)).count != set.count { throw ValidationError("A setting stands in two --set.") }
        if let random, !(1...SweepPlan.runsMax).contains(random) {
            throw ValidationError("--random is 1 to \(SweepPlan.runsMax).")
        }
        if random == nil, SweepPlan(grid: set) == nil {
            throw ValidationError(
                "Without --random each range needs a step, lo..hi:step, and there are at most "
                    + "\(SweepPlan.runsMax) combinations."
            )
        }
    }

    func run() async throws {
        if let output, unsafe access(output, F_OK) == 0 {
            StandardError.write("\(output) is there already; name another file\n")
            throw ExitCode(74)
        }
        let input = try BacktestInput(options, sharesTrades: true)
        _ = try input.checkedSettings()
        let plan =
            if let random { SweepPlan(random: random, of: set, seed: options.seed) } else {
                SweepPlan(grid: set) ?? SweepPlan(random: 0, of: [], seed: 0)
            }
        // A key that does not exist is found before anything runs.
        if let first = plan.runs.first { _ = try input.checkedSettings(overriding: SweepTask.changes(first)) }
        let file = try output.map { path in try open(path, input, runs: plan.runs.count) }
        let rows = try await run(plan, input, file)
        try file?.close()
        var out = StandardOutput()
        try out.write(SweepTable(rows: rows, figure: by, count: top).text)
        try out.flush()
        if rows.allSatisfy({ $0.figures == nil }) { throw ExitCode.failure }
    }

    private func run(_ plan: SweepPlan, _ input: BacktestInput, _ file: SweepFile?) async throws -> [SweepRow]
    {
        var bar = ProgressBar(unit: "runs", isForced: options.progress)
        defer { bar.clear() }
        var (done, failure) = (0, (any Error)?.none)
        let numbered = plan.runs.enumerated().map { SweepTask(number: $0.offset + 1, parameters: $0.element) }
        let seed = options.seed
        let rows = try await BacktestBatch(workers: input.workers).map(
            numbered,
            finished: { _, row in
                done += 1
                do { try file?.write(row) } catch { failure = failure ?? error }
                bar.show(Double(done) / Double(numbered.count), count: done)
            },
            { task in task.row(input, seed: seed) }
        )
        if let failure {
            bar.clear()
            StandardError.write("the result can't be written: \(failure)\n")
            throw ExitCode(74)
        }
        return rows
    }

    private func open(_ path: String, _ input: BacktestInput, runs: Int) throws -> SweepFile {
        do {
            return try SweepFile(
                path: path,
                about: [
                    ("version", Configuration.programVersion), ("input_digest", RunOrigin(input).inputDigest),
                    ("configuration", input.configurationText),
                    ("data", options.data.joined(separator: "\n")), ("seed", "\(options.seed)"),
                    ("sets", set.map(\.key).joined(separator: "\n")), ("runs", "\(runs)"),
                    ("from", options.from.map { "\($0.milliseconds)" } ?? ""),
                    ("to", options.to.map { "\($0.milliseconds)" } ?? ""),
                ]
            )
        } catch let error as DatabaseError {
            StandardError.write("\(path) can't be written: \(error)\n")
            throw ExitCode(74)
        }
    }
}

/// One run of a sweep, to be done by whichever worker is free.
private struct SweepTask: Sendable {
    let number: Int
    let parameters: [(key: String, value: String)]

    static func changes(_ parameters: [(key: String, value: String)]) -> [String: String] {
        Dictionary(parameters.map { ($0.key, $0.value) }) { _, last in last }
    }

    func row(_ input: BacktestInput, seed: UInt64) -> SweepRow {
        do {
            var settings = try input.settings(overriding: Self.changes(parameters))
            settings.digestsAllEvents = false
            settings.keepsTrades = false
            let result = try BacktestRun(settings: settings, data: input.data, seed: seed).run()
            return SweepRow(
                number: number,
                parameters: parameters,
                figures: BacktestFigures(result),
                failure: nil
            )
        } catch {
            return SweepRow(number: number, parameters: parameters, figures: nil, failure: "\(error)")
        }
    }
}
