import ArgumentParser
import ControlProtocol

struct LogsTail: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print the daemon's last log lines.",
        discussion: "Reads only; changes nothing. Everything is in: journalctl -u tradebot"
    )

    @OptionGroup var daemon: DaemonOptions

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many lines.", valueName: "lines"))
    var count = ControlLimits.logLinesDefault

    func validate() throws {
        guard (1...ControlLimits.logLinesMax).contains(count) else {
            throw ValidationError("-n takes 1 to \(ControlLimits.logLinesMax) lines")
        }
    }

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        let answer = try ask(.query(.logsTail(count: count)))
        if daemon.format == .json { return try output.line(answer.text) }
        for line in answer["lines"]?.array ?? [] {
            let text = daemon.format == .ndjson ? line.text : Printable.text(line.string ?? line.text)
            try output.line(text)
        }
    }
}
