import ArgumentParser
import ControlProtocol
import Glibc

struct Status: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show on one screen how the daemon is and what it holds.",
        discussion: """
            EXAMPLES
              botctl status              once
              botctl status --watch 2    again every 2 seconds, until Ctrl-C
              botctl status --json       the daemon's answer as it is, for scripts

            Reads only; changes nothing.
            """
    )

    static let watchSecondsMax = 3600

    @OptionGroup var daemon: DaemonOptions

    @Option(help: ArgumentHelp("Ask again every so many seconds.", valueName: "seconds"))
    var watch: Int?

    func validate() throws {
        if let watch, !(1...Self.watchSecondsMax).contains(watch) {
            throw ValidationError("--watch takes 1 to \(Self.watchSecondsMax) seconds")
        }
    }

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        guard let watch else { return try show(try ask(.query(.status)), &output) }
        let clearsScreen = daemon.format == .human && Terminal.isInteractive
        while true {
            do {
                let answer = try ask(.query(.status))
                if clearsScreen { try output.line("\u{1B}[H\u{1B}[2J") }
                try show(answer, &output)
                try output.flush()
            } catch .readerGone {
                return
            } catch  where error.status == .unreachable || error.status == .timeout {
                error.report(daemon.format)  // a restart passes: the next look may succeed
            }
            sleep(UInt32(watch))
        }
    }

    private func show(_ answer: JSONValue, _ output: inout StandardOutput) throws(ClientFailure) {
        switch daemon.format {
        case .json, .ndjson: try output.line(answer.text)
        case .plain: try output.line(PlainView.text(of: answer))
        case .human:
            let view = StatusView(answer: answer, now: Terminal.now(), style: daemon.style)
            for line in view.lines { try output.line(line) }
        }
    }
}
