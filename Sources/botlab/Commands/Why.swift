import ArgumentParser
import Contracts
import StoragePlane

struct Why: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell an intent's, an order's or a command's way, from the tick to the fill.",
        discussion: """
            Ids stand in the log (CORRELATION_ID, ORDER_ID), in `botctl events` and in every event's meta. What came \
            from outside stands at the margin; what followed from it is set in.

              botlab journal why journal intent-4711
              botlab journal why journal tb1-main-hinu4hra-4j7-0     an order, by its name
              botlab journal why journal 4713               whatever the event 4713 belongs to

            Exit status: 0 told, 1 the journal has no such id.
            """
    )

    @OptionGroup var journal: JournalOption

    @Argument(help: "intent-N, research-N, an order's name, a command's key, or an event's number.")
    var id: String

    func run() throws {
        guard let name = ChainName(id) else {
            throw ValidationError(
                "'\(id)' is no id: write intent-N, research-N, an order's name, a UUID or a number."
            )
        }
        let chain = try journal.read { reader in
            try reader.correlation(of: name).flatMap {
                try reader.causalChain(of: $0, limit: ChainView.stepCountMax)
            }
        }
        guard let chain else {
            StandardError.write("\(journal.file) has no event of \(id); is it the right journal?\n")
            throw ExitCode.failure
        }
        try ChainView(chain: chain).print()
    }
}
