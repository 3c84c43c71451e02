import ArgumentParser

struct Logs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read the daemon's log, or set how much it says.",
        discussion: """
            EXAMPLES
              botctl logs tail -n 100     the last 100 lines
              botctl logs level debug     say more, until the next restart
              botctl logs level info      back to the usual
              botctl logs off             say nothing; undo: botctl logs on
            """,
        subcommands: [LogsTail.self, LogsLevel.self, LogsOn.self, LogsOff.self]
    )

    @OptionGroup var daemon: DaemonOptions
}
