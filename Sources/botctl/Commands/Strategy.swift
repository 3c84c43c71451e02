import ArgumentParser
import ControlProtocol

struct Strategy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Watch the strategies, switch them on and off, change their parameters.",
        discussion: """
            EXAMPLES
              botctl strategy list                               who runs where, and in which phase
              botctl strategy disable ema-cross                  it closes what it holds and decides no more
              botctl strategy enable ema-cross                   it may decide again
              botctl strategy set ema-cross notional 250         from its next bar on

            Parameters: docs/strategies.md and tradebot.toml(5). A change outlives stops and crashes; the \
            configuration file is not touched.
            """,
        subcommands: [StrategyList.self, StrategyEnable.self, StrategyDisable.self, StrategySet.self]
    )

    @OptionGroup var daemon: DaemonOptions
}

struct StrategyList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List every strategy with its instrument and phase.",
        discussion: "Reads only; changes nothing."
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        let answer = try ask(.query(.strategies))
        let strategies = answer["strategies"]?.array ?? []
        switch daemon.format {
        case .json: try output.line(answer.text)
        case .ndjson: for strategy in strategies { try output.line(strategy.text) }
        case .plain: for strategy in strategies { try output.line(StrategyTable.plain(strategy)) }
        case .human:
            let table = StrategyTable(strategies: strategies, style: daemon.style)
            for line in strategies.isEmpty ? ["no strategy has decided yet"] : table.lines {
                try output.line(line)
            }
        }
    }
}

struct StrategyEnable: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let a strategy decide again.",
        discussion: "Changes: it may ask for exposure from its next bar on. Undo: botctl strategy disable."
    )

    @OptionGroup var daemon: DaemonOptions

    @Argument(help: "The strategy's name, as `botctl strategy list` shows it.")
    var name: String

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.strategyEnable(name), &output) { outcome in
            outcome.isChanged
                ? "\(name) is enabled \(outcome.place)."
                : "\(name) was enabled, seen \(outcome.place): nothing changed."
        }
    }
}

struct StrategyDisable: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "End a strategy's decisions; what it holds is closed.",
        discussion: """
            Changes: no new exposure by it; an intent to be flat goes through risk as any other. \
            Stays: the other strategies. Undo: botctl strategy enable.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Argument(help: "The strategy's name, as `botctl strategy list` shows it.")
    var name: String

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.strategyDisable(name), &output) { outcome in
            outcome.isChanged
                ? "\(name) is disabled \(outcome.place)."
                : "\(name) was disabled, seen \(outcome.place): nothing changed."
        }
    }
}

struct StrategySet: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change one parameter of a running strategy.",
        discussion: """
            EXAMPLES
              botctl strategy set ema-cross notional 250
              botctl strategy set ema-cross allow_short false

            Changes: the parameter, from the strategy's next bar on. It outlives stops and crashes. Undo: set the old \
            value, which the answer names.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Argument(help: "The strategy's name.")
    var name: String

    @Argument(help: "The parameter, as in tradebot.toml(5).")
    var parameter: String

    @Argument(help: "The new value.")
    var value: String

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.strategySet(name, parameter: parameter, value: value), &output) { outcome in
            "\(outcome.message ?? "\(parameter) is \(value)") (\(outcome.place))"
        }
    }
}
