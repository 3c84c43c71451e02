import ArgumentParser
import ControlProtocol

struct Stop: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "End the daemon in good order.",
        discussion: """
            EXAMPLES
              botctl stop

            Changes: no new order is sent, answers under way are awaited, the journal is closed, the daemon \
            exits. Stays: positions and orders at the exchange, which nobody watches meanwhile. \
            Undo: systemctl start tradebot.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.stop, &output) { outcome in
            outcome.isChanged
                ? "stopping \(outcome.place): no new order will be sent; start again: systemctl start tradebot"
                : "already stopping, seen \(outcome.place): nothing changed."
        }
    }
}
