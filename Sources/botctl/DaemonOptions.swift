import ArgumentParser
import ControlProtocol

/// How to reach the daemon and how to print its answers; the same for every command.
struct DaemonOptions: ParsableArguments {
    static let timeoutSecondsMax = 3600

    @Option(help: "Name of the daemon's instance; another than `main` has its own socket.")
    var instance: String?

    @Option(help: "Path of the control socket (or TRADEBOT_SOCKET; default /run/tradebot/control.sock).")
    var socket: String?

    @Option(
        name: [.customShort("o"), .long],
        help: "How to print: human, plain (tab separated), json, ndjson."
    )
    var output: OutputFormat?

    @Flag(help: "Short for `-o json`.")
    var json = false

    @Flag(help: "No colour, also on a terminal (as NO_COLOR does).")
    var noColor = false

    @Option(help: "Seconds to wait for an answer (default \(ControlLimits.answerSeconds)).")
    var timeout: Int?

    @Flag(name: [.customShort("q"), .long], help: "Print data and errors only.")
    var quiet = false

    func validate() throws {
        if let timeout, !(1...Self.timeoutSecondsMax).contains(timeout) {
            throw ValidationError("--timeout takes 1 to \(Self.timeoutSecondsMax) seconds")
        }
        if json, let output, output != .json {
            throw ValidationError("--json and -o \(output.rawValue) contradict each other")
        }
    }

    var format: OutputFormat { json ? .json : output ?? .human }

    var wait: Duration { .seconds(timeout ?? ControlLimits.answerSeconds) }

    var style: Style {
        Style(isColoured: format == .human && !noColor && Terminal.showsColour)
    }

    var path: String {
        if let socket { return socket }
        if let fromEnvironment = Terminal.environment("TRADEBOT_SOCKET") { return fromEnvironment }
        guard let instance, instance != "main" else { return "/run/tradebot/control.sock" }
        return "/run/tradebot-\(instance)/control.sock"
    }
}

/// For whom the output is: a person, a shell pipeline, or a program.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case human, plain, json, ndjson

    var isJSON: Bool { self == .json || self == .ndjson }
}
