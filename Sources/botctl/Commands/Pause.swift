import ArgumentParser
import ControlProtocol

struct Pause: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send no new order; keep watching the market.",
        discussion: """
            EXAMPLES
              botctl pause
              botctl pause --reason "CPI release"

            Changes: every new intent is refused from the printed sequence number on. Stays: market data, \
            decisions, positions and resting orders. A pause survives a restart. Undo: botctl resume.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Option(help: ArgumentHelp("Why, in a few words; the journal keeps it.", valueName: "text"))
    var reason: String?

    func validate() throws {
        if let reason, !(1...ControlLimits.reasonBytesMax).contains(reason.utf8.count) {
            throw ValidationError("--reason takes 1 to \(ControlLimits.reasonBytesMax) bytes")
        }
    }

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.pause, reason: reason, &output) { outcome in
            outcome.isChanged
                ? "paused \(outcome.place): no new order will be sent after this number."
                : "already paused, seen \(outcome.place): nothing changed."
        }
    }
}
