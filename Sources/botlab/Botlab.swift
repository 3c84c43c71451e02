import ArgumentParser

@main struct Botlab: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "botlab",
        abstract: "Read what the trading daemon has written, away from the daemon.",
        discussion: """
            Works on files alone: the daemon may run or not, and nothing is changed.

              botlab journal stats /var/lib/tradebot/journal.db
              botlab journal why /var/lib/tradebot/journal.db intent-4711

            Exit status: 0 done, 1 the answer is no, 64 usage, 65 the file is no journal or not whole, 66 there is no
            such file. botlab(1) tells more.
            """,
        subcommands: [JournalCommand.self]
    )
}
