import ArgumentParser
import Contracts
import StoragePlane

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write events as lines of JSON or as CSV.",
        discussion: """
            Goes to standard output, in order. The JSON payload is the event as it was on the bus.

              botlab journal export journal --topic 'exec:*' > orders.jsonl
              botlab journal export journal --from 1000 --to 2000 --format csv
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument { case jsonl, csv }

    @OptionGroup var journal: JournalOption

    @Option(help: ArgumentHelp("The first number.", valueName: "seq"))
    var from: UInt64 = 1

    @Option(help: ArgumentHelp("The last number.", valueName: "seq"))
    var to: UInt64?

    @Option(help: ArgumentHelp("A topic, or the beginning of some and *; may stand several times."))
    var topic: [String] = []

    @Option(help: "jsonl or csv.")
    var format = Format.jsonl

    func validate() throws {
        if let to, to < from { throw ValidationError("--to \(to) is before --from \(from).") }
        for pattern in topic where !Topic.allCases.contains(where: { Self.matches(pattern, $0.rawValue) }) {
            throw ValidationError(
                "No topic is called '\(pattern)'; botlab journal stats FILE lists those there are."
            )
        }
    }

    func run() throws {
        try journal.read { reader in
            var output = StandardOutput()
            if format == .csv { try output.write("seq,ts,topic,source,correlation,root,payload\n") }
            do {
                try reader.forEachRow(from: from) { row in
                    if let to, row.sequence > to { throw Finished() }
                    guard topic.isEmpty || topic.contains(where: { Self.matches($0, row.topic) }) else {
                        return
                    }
                    try output.write(format == .csv ? Self.csv(row) : Self.json(row))
                }
            } catch is Finished {}
            try output.flush()
        }
    }

    private struct Finished: Error {}

    private static func matches(_ pattern: String, _ topic: String) -> Bool {
        pattern.hasSuffix("*") ? topic.hasPrefix(pattern.dropLast()) : topic == pattern
    }

    private static func json(_ row: JournalRow) -> String {
        "{\"seq\":\(row.sequence),\"topic\":\"\(row.topic)\",\"root\":\(row.isRoot),\"payload\":\(row.payload)}\n"
    }

    private static func csv(_ row: JournalRow) -> String {
        let payload = row.payload.split(separator: "\"", omittingEmptySubsequences: false).joined(
            separator: "\"\""
        )
        return "\(row.sequence),\(row.ts),\(row.topic),\(row.source),\(row.correlation ?? ""),"
            + "\(row.isRoot ? 1 : 0),\"\(payload)\"\n"
    }
}
