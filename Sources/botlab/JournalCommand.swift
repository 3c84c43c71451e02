import ArgumentParser

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Read the journal of everything that happened.",
        subcommands: [Stats.self, Verify.self, Export.self, Why.self, Chain.self]
    )
}
