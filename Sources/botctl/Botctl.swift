import ArgumentParser
import ControlProtocol

/// Asks the daemon and prints what it says; holds no state and decides nothing.
@main struct Botctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "botctl",
        abstract: "Watch and steer the trading daemon.",
        discussion: """
            EXAMPLES
              botctl status                        is it healthy, what does it hold
              botctl pause --reason "CPI release"  no new order; undo: botctl resume
              botctl events --topic 'exec:*'       orders and fills as they happen
              botctl logs tail -n 100              the daemon's last log lines
              botctl explain intent-4711           from the tick to the fill, in words
              botctl status --json                 the same facts for scripts

            Data goes to standard output, messages to standard error. Exit status: 0 done, 10 refused by a \
            gate, 64 usage, 69 daemon not reachable, 75 try again, 76 other protocol, 77 not permitted, \
            124 time-out, 130 Ctrl-C; all are in botctl(1).
            """,
        version: ProgramVersion.current,
        subcommands: [
            Status.self, Pause.self, Resume.self, Stop.self, Events.self, Logs.self, Position.self,
            Strategy.self, Risk.self, Explain.self, Version.self,
        ]
    )

    @OptionGroup var daemon: DaemonOptions

    static func main() {
        Signals.prepare()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch {
            if exitCode(for: error) == .validationFailure,
                let unknown = UnknownWord(in: arguments, of: Self.self)
            {
                StandardError.write(unknown.message)
                exit(withError: ExitCode(ExitStatus.usage.rawValue))
            }
            exit(withError: error)
        }
    }
}
