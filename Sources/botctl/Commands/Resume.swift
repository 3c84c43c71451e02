import ArgumentParser
import ControlProtocol

struct Resume: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Allow new orders again after a pause.",
        discussion: """
            EXAMPLES
              botctl resume

            Changes: intents may become orders again, if every other gate is open. Stays: limits, positions \
            and the kill switch. Undo: botctl pause.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.resume, &output) { outcome in
            outcome.isChanged
                ? "resumed \(outcome.place): new orders may be sent from here on."
                : "was not paused, seen \(outcome.place): nothing changed."
        }
    }
}
