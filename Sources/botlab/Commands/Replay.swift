import ArgumentParser
import StoragePlane
import TradingSystem

struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the planes again on a journal's events from outside, and compare what follows.",
        discussion: """
            EXAMPLES
              botlab replay /var/lib/tradebot/journal --config /etc/tradebot/tradebot.toml
              botlab replay journal --config my.toml --verify --from 18000

            Every event that the planes derive is compared with the journal's, byte for byte. At the first \
            difference both are shown, with the event from outside that they followed. The configuration must \
            be the one that the daemon ran with. Reads only.

            Exit status: 0 no difference, 65 a difference or damaged data, 66 no such file, 78 the \
            configuration is wrong.
            """
    )

    @OptionGroup var journal: JournalOption

    @Option(help: "The configuration that the daemon ran with, tradebot.toml(5).")
    var config = "/etc/tradebot/tradebot.toml"

    @Option(help: "Begin with the first start of the daemon at or after this number.")
    var from: UInt64 = 1

    @Option(help: "End with this number.")
    var to: UInt64 = .max

    @Flag(
        inversion: .prefixedNo,
        help: "Compare; without it the planes are only run and their decisions' digest told."
    )
    var verify = true

    func run() throws {
        let configuration = try ConfigurationOption.load(config)
        let outcome = try journal.read { reader in
            var progress = Progress(unit: "events from outside replayed")
            defer { progress.clear() }
            return try ReplayRun(configuration, reader: reader, isComparing: verify).run(
                from: from,
                through: to
            ) {
                progress.step()
            }
        }
        guard outcome.runCount > 0 else {
            StandardError.write(
                "\(journal.file): no start of the daemon stands from number \(from) on: nothing was replayed\n"
            )
            throw JournalOption.dataDamaged
        }
        guard let difference = outcome.difference else {
            print(
                """
                \(journal.file): \(verify ? "no difference" : "not compared"); \(outcome.runCount) runs, \(outcome.rootCount) events from \
                outside, \(outcome.equalCount) events compared, decisions \(outcome.digest)
                """
            )
            return
        }
        StandardError.write("\(journal.file): \(difference)\n")
        throw JournalOption.dataDamaged
    }
}
