import ArgumentParser
import Contracts
import StoragePlane

struct Chain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find an intent and tell its way through the planes.",
        discussion: """
            Takes the first intent of the journal; with --require-complete the first one that was approved, submitted,
            filled and booked.

              botlab journal chain journal --require-complete

            Exit status: 0 found and told, 1 the journal has none.
            """
    )

    @OptionGroup var journal: JournalOption

    @Flag(help: "Only an intent that became a filled order and a position will do.")
    var requireComplete = false

    func run() throws {
        let found = try journal.read { reader in
            let id = try Self.firstChain(in: reader, mustBeComplete: requireComplete)
            return try id.flatMap { try reader.causalChain(of: $0, limit: ChainView.stepCountMax) }
        }
        guard let found else {
            let what = requireComplete ? "intent that became a filled order and a position" : "intent"
            StandardError.write("\(journal.file) holds no \(what)\n")
            throw ExitCode.failure
        }
        try ChainView(chain: found).print()
    }

    /// The first intent that will do, by the order of intents.
    private static func firstChain(in reader: JournalReader, mustBeComplete: Bool) throws -> CorrelationID? {
        var intents: [CorrelationID] = []
        var position: [CorrelationID: Int] = [:]
        var chains: [EventChain] = []
        let mine: Set<Topic> = [
            .strategyIntent, .riskApprovedIntent, .execOrderEvent, .portfolioPositionUpdate,
        ]
        let names = Set(mine.map(\.rawValue))
        try reader.forEachRow { row in
            guard names.contains(row.topic), let id = row.correlation.flatMap(CorrelationID.init) else {
                return
            }
            if row.topic == Topic.strategyIntent.rawValue, position[id] == nil {
                position[id] = intents.count
                intents.append(id)
                chains.append(EventChain())
            }
            if let index = position[id] { chains[index].note(row) }
        }
        return zip(intents, chains).first { !mustBeComplete || $1.isComplete }?.0
    }
}
