import ArgumentParser
import ExchangeSimulator

/// What market the simulator shows.
struct MarketOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Invent a market from this seed (the default, with seed 1).", valueName: "seed")
    )
    var generate: UInt64?

    @Option(help: ArgumentHelp("Symbols of the invented market, comma-separated.", valueName: "list"))
    var symbols: String?

    @Option(help: ArgumentHelp("Book and trade messages per second and symbol.", valueName: "number"))
    var rate = 20.0

    @Option(
        help: ArgumentHelp("Fix the invented market's first instant (default: now).", valueName: "unix-ms")
    )
    var startMs: Int64?

    @Option(help: ArgumentHelp("Play a recording; several are merged by time.", valueName: "file"))
    var replay: [String] = []

    @Option(
        help: ArgumentHelp("Symbol of a CSV recording, instead of the one in its name.", valueName: "symbol")
    )
    var symbol: String?

    @Flag(help: "Begin a recording again at its end, with times that go on rising.")
    var loop = false

    @Flag(help: "Exit with status 0 when the recording has been played.")
    var exitAtEnd = false

    @Option(help: ArgumentHelp("Market seconds per real second.", valueName: "factor"))
    var speed = 1.0

    @Option(
        help: ArgumentHelp(
            "When the market begins to run: immediately or first-subscription (default for recordings).",
            valueName: "when"
        )
    )
    var start: PlaybackStart?

    func validate() throws {
        if generate != nil, !replay.isEmpty {
            throw ValidationError("--generate and --replay are two different markets: choose one.")
        }
        if replay.isEmpty, loop || exitAtEnd || symbol != nil {
            throw ValidationError("--loop, --exit-at-end and --symbol are for --replay.")
        }
        if !replay.isEmpty, symbols != nil || startMs != nil {
            throw ValidationError("--symbols and --start-ms are for --generate.")
        }
        if loop, exitAtEnd { throw ValidationError("--loop never reaches an end to exit at: leave out one.") }
    }

    var choice: MarketChoice {
        guard replay.isEmpty else { return .replay(files: replay, symbol: symbol, loops: loop) }
        let list = symbols.map { $0.split(separator: ",").map(String.init) }
        return .generated(
            seed: generate ?? 1,
            symbols: list ?? SimulatorOptions.defaultSymbols,
            rate: rate,
            startMs: startMs
        )
    }
}

extension PlaybackStart: ExpressibleByArgument {}
