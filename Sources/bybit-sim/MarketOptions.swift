import ArgumentParser
import ExchangeSimulator

/// What market the simulator shows.
struct MarketOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Invent a market from this seed (the default, with seed 1).", valueName: "seed")
    )
    var generate: UInt64?

    @Option(
        help: ArgumentHelp(
            "Symbols of the invented market, comma-separated: BTCUSDT, inverse:BTCUSD, option:BTC …",
            valueName: "list"
        )
    )
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

    @Flag(help: "Exit with status 0 when the recording has been played or --duration is over.")
    var exitAtEnd = false

    @Option(
        help: ArgumentHelp(
            "Market seconds per real second; max for as fast as the clients read, waiting for slow ones.",
            valueName: "factor"
        )
    )
    var speed = "1"

    @Option(
        help: ArgumentHelp(
            "End the invented market after so much of its own time (90s, 10m, 24h) with a summary.",
            valueName: "time"
        )
    )
    var duration: String?

    @Flag(help: "Let the invented market's service go down now and then, by its seed.")
    var outages = false

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
        if replay.isEmpty, loop || symbol != nil {
            throw ValidationError("--loop and --symbol are for --replay.")
        }
        if replay.isEmpty, exitAtEnd, duration == nil {
            throw ValidationError("--exit-at-end needs an end: --replay or --duration.")
        }
        if !replay.isEmpty, symbols != nil || startMs != nil || duration != nil || outages {
            throw ValidationError("--symbols, --start-ms, --duration and --outages are for --generate.")
        }
        if factor == nil { throw ValidationError("--speed must be a number or max.") }
        if duration != nil, durationMs == nil {
            throw ValidationError("--duration must be a number with s, m or h behind it, such as 24h.")
        }
        if loop, exitAtEnd { throw ValidationError("--loop never reaches an end to exit at: leave out one.") }
    }

    /// The speed as a number, infinite for `max`; nil for what is neither.
    var factor: Double? { speed == "max" ? .infinity : Double(speed) }

    var durationMs: Int64? {
        guard let duration, let unit = duration.last, let count = Int64(duration.dropLast()), count > 0,
            count < 1_000_000, let length = ["s": 1000, "m": 60_000, "h": 3_600_000][unit]
        else { return nil }
        return count * Int64(length)
    }

    /// The symbols of an invented market as given, or the usual ones.
    var names: [String] {
        symbols.map { $0.split(separator: ",").map(String.init) } ?? SimulatorOptions.defaultMarkets
    }

    /// The same without their product lines and without chains of options.
    var plainSymbols: [String] {
        names.filter { !$0.hasPrefix("option:") }.compactMap {
            $0.split(separator: ":").last.map(String.init)
        }
    }

    var choice: MarketChoice {
        guard replay.isEmpty else { return .replay(files: replay, symbol: symbol, loops: loop) }
        return .generated(
            seed: generate ?? 1,
            symbols: names,
            rate: rate,
            startMs: startMs
        )
    }
}

extension PlaybackStart: ExpressibleByArgument {}
