import ArgumentParser
import ControlProtocol

struct LogsLevel: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "level",
        abstract: "Set how much the daemon logs.",
        discussion: """
            EXAMPLES
              botctl logs level debug

            Changes: the log, from now until the next restart. Stays: trading, events and the journal. \
            Undo: botctl logs level info.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Argument(help: "One of \(ControlLogLevel.allCases.map(\.rawValue).joined(separator: ", ")).")
    var level: ControlLogLevel

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.logsLevel(level), &output) { outcome in
            "log level is \(level.rawValue) \(outcome.place)."
        }
    }
}

extension ControlLogLevel: ExpressibleByArgument {}
