import ArgumentParser
import Contracts
import HistoricalData

/// What a backtest and a sweep both take: a configuration, market data and a stretch of time.
struct BacktestOptions: ParsableArguments {
    @Option(
        help: "The configuration, tradebot.toml(5); [market], [journal] and [recorder] play no part.",
        completion: .file(extensions: ["toml"])
    )
    var config: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Market data: candles, mark prices, funding rates, quotes or trades as CSV, recordings; gzipped or not.",
            discussion: "What a file is, is told by its first line. Several files make one market.",
            valueName: "path"
        ),
        completion: .file()
    )
    var data: [String]

    @Option(
        help: ArgumentHelp(
            "What the files are about, as linear:BTCUSDT; once for all, or once for each.",
            discussion: "Of recordings, those that are traded. Without it the path or the contents tell.",
            valueName: "instrument"
        )
    )
    var instrument: [Instrument] = []

    @Option(
        help: ArgumentHelp(
            "Only from then on, in UTC, as 2025-11-03 or in Unix milliseconds.",
            valueName: "time"
        )
    )
    var from: Moment?

    @Option(help: ArgumentHelp("Only before then.", valueName: "time"))
    var to: Moment?

    @Option(
        help: ArgumentHelp(
            "Trade only from then on; what comes before warms the indicators up.",
            valueName: "time"
        )
    )
    var tradeFrom: Moment?

    @Option(
        help: ArgumentHelp(
            "Tell recordings by the times of arrival, or by the exchange's, as clock = \"exchange\" does live.",
            valueName: "arrival|exchange"
        )
    )
    var timeline: RecordingTimeline = .arrival

    @Option(help: ArgumentHelp("What is drawn at random is drawn by this number.", valueName: "number"))
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp(
            "The exchange's rules: an answer of its instruments-info, or what journal export wrote of market:instrument.",
            discussion: "Without it the data's decimal places tell.",
            valueName: "file"
        ),
        completion: .file()
    )
    var rules: String?

    @Option(help: ArgumentHelp("The smallest step of prices.", valueName: "price"))
    var tick: Price?

    @Option(help: ArgumentHelp("The smallest step of quantities.", valueName: "quantity"))
    var step: Quantity?

    @Option(
        help: ArgumentHelp(
            "What a fill costs where there is no order book, as a fraction of the price.",
            valueName: "fraction"
        )
    )
    var slippage: Ratio?

    @Option(
        help: ArgumentHelp(
            "So many runs at once (default: as many as there are processors).",
            valueName: "number"
        )
    )
    var workers: Int?

    @Flag(help: "Show the progress even where standard error is no terminal.")
    var progress = false

    func validate() throws {
        if data.isEmpty { throw ValidationError("--data names at least one file.") }
        if let from, let to, to.milliseconds <= from.milliseconds {
            throw ValidationError("--to is not after --from.")
        }
        if instrument.count > 1, instrument.count != data.count, !data.isEmpty {
            let isRecording = data.count == 1
            guard isRecording else {
                throw ValidationError("--instrument stands once, or as often as there are files.")
            }
        }
        if let workers, !(1...1_024).contains(workers) { throw ValidationError("--workers is 1 to 1024.") }
        if let tick, !tick.isPositive { throw ValidationError("--tick is above zero.") }
        if let step, !step.isPositive { throw ValidationError("--step is above zero.") }
        if let slippage, slippage.isNegative || slippage >= 1 {
            throw ValidationError("--slippage is a fraction from 0 up to 1.")
        }
    }
}

extension RecordingTimeline: ExpressibleByArgument {}

extension Instrument: ExpressibleByArgument {
    @usableFromInline package init?(argument: String) { self.init(argument) }
}

extension Decimal64: ExpressibleByArgument {
    @usableFromInline package init?(argument: String) { self.init(argument) }
}
