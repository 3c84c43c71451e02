import ArgumentParser
import ControlProtocol

struct Risk: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See where risk stands; end a halt.",
        discussion: """
            EXAMPLES
              botctl risk status     exposure, the day's loss, drawdown, halts, refusals by check
              botctl risk reset      end the halts that wait for an operator
            """,
        subcommands: [RiskStatus.self, RiskReset.self]
    )

    @OptionGroup var daemon: DaemonOptions
}

struct RiskStatus: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show exposure, losses, halts and refusals.",
        discussion: "Reads only; changes nothing."
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        let answer = try ask(.query(.risk))
        switch daemon.format {
        case .json, .ndjson: try output.line(answer.text)
        case .plain: try output.line(PlainView.text(of: answer))
        case .human: for line in RiskView(answer: answer, style: daemon.style).lines { try output.line(line) }
        }
    }
}

struct RiskReset: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "End the halts that do not end by themselves.",
        discussion: """
            Changes: after a drawdown, a runaway or a liquidation, intents may raise exposure again; the \
            equity's peak is counted anew. Stays: limits, and halts that end by themselves. Look at \
            `botctl risk status` first: what has caused the halt is still there.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Option(help: "Why, in a few words; the journal keeps it.")
    var reason: String?

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.riskReset, reason: reason, &output) { outcome in
            "\(outcome.message ?? "risk is reset") (\(outcome.place))"
        }
    }
}
