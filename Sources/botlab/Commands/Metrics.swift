import ArgumentParser
import FoundationEssentials
import Performance

struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the performance figures of returns or of equity.",
        discussion: """
            Reads a CSV file with a header line; each column of numbers is one series of simple returns, or of equity \
            with --equity. Columns of times are no series; one in Unix milliseconds tells how many periods make a \
            year. Several series count as trials of one search: their Sharpe ratios are deflated by what luck would \
            find among so many. Changes nothing.

              botlab metrics returns.csv
              botlab metrics run.csv --equity --column equity --periods-per-year 105120
              botlab metrics returns.csv --pbo 8 --pbo 16 --json

            Exit status: 0 done, 65 the file holds no such series, 66 no such file. botlab(1) tells more.
            """
    )

    @Argument(help: "A CSV file; - for standard input.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("Only this column; may stand several times.", valueName: "name"))
    var column: [String] = []

    @Option(
        help: ArgumentHelp(
            "So many periods make a year, as in 8760 for hours (default: by the column of times).",
            valueName: "number"
        )
    )
    var periodsPerYear: Double?

    @Option(
        help: ArgumentHelp(
            "The probability of backtest overfitting, by so many blocks of rows; even; may stand several times.",
            valueName: "blocks"
        )
    )
    var pbo: [Int] = []

    @Flag(help: "The columns are equity, not returns.")
    var equity = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let periodsPerYear, !(periodsPerYear > 0 && periodsPerYear.isFinite) {
            throw ValidationError("--periods-per-year is above 0.")
        }
        for blocks in pbo where blocks % 2 != 0 || !(2...OverfittingProbability.blocksMax).contains(blocks) {
            throw ValidationError("--pbo is an even number, 2 to \(OverfittingProbability.blocksMax).")
        }
    }

    func run() throws {
        let comparison = try compare(read())
        var output = StandardOutput()
        try output.write(json ? comparison.json + "\n" : comparison.text)
        try output.flush()
    }

    private func read() throws -> String {
        if file == "-" { return sequence(state: ()) { _ in readLine(strippingNewline: false) }.joined() }
        guard let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
            StandardError.write("\(file) can't be read: no such file, or not text\n")
            throw FrameOptions.noInput
        }
        return text
    }

    private func compare(_ text: String) throws -> PerformanceComparison {
        do {
            let table = try SeriesTable(csv: text)
            let perYear = periodsPerYear ?? table.stepMilliseconds.map(ReturnSeries.periodsPerYear)
            guard let perYear else {
                throw ValidationError("The file has no column of times: give --periods-per-year.")
            }
            let series = try table.columns(named: column).map { column in
                (name: column.name, series: self.series(of: column, periodsPerYear: perYear))
            }
            let overfitting = try pbo.map { blocks in
                try OverfittingProbability(series.map(\.series.returns), blocks: blocks)
            }
            return PerformanceComparison(series, overfitting: overfitting)
        } catch let error where error is SeriesTableError || error is OverfittingError {
            StandardError.write("\(file): \(error)\n")
            throw FrameOptions.dataUnreadable
        }
    }

    private func series(of column: SeriesTable.Column, periodsPerYear: Double) -> ReturnSeries {
        equity
            ? ReturnSeries(equity: column.values, periodsPerYear: periodsPerYear)
            : ReturnSeries(returns: column.values, periodsPerYear: periodsPerYear)
    }
}
