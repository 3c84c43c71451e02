import ArgumentParser
import ControlProtocol

struct LogsOn: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "on",
        abstract: "Let the daemon log again.",
        discussion: "Changes: the log only. Undo: botctl logs off."
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.logsOn, &output) { outcome in "logs are on \(outcome.place)." }
    }
}

struct LogsOff: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "off",
        abstract: "Let the daemon log nothing.",
        discussion: "Changes: the log only; events and the journal go on. Undo: botctl logs on."
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        try command(.logsOff, &output) { outcome in "logs are off \(outcome.place)." }
    }
}
