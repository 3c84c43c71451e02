import ArgumentParser
import Contracts
import StoragePlane

struct Why: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell all that followed from one intent or command, and how it turned out.",
        discussion: """
            The correlation id stands in the log (CORRELATION_ID), in `botctl events` and in every event's meta.

              botlab journal why journal intent-4711

            Exit status: 0 told, 1 the journal has no such id.
            """
    )

    @OptionGroup var journal: JournalOption

    @Argument(help: "A correlation id: intent-N, research-N, or a command's key.")
    var correlationID: String

    func run() throws {
        guard let id = CorrelationID(correlationID) else {
            throw ValidationError(
                "'\(correlationID)' is no correlation id: write intent-N, research-N or a UUID."
            )
        }
        let rows = try journal.read { try $0.rows(correlation: id) }
        guard !rows.isEmpty else {
            StandardError.write("\(journal.file) has no event of \(id); is it the right journal?\n")
            throw ExitCode.failure
        }
        try ChainView(rows, heading: id.description).print()
    }
}
