import ArgumentParser
import Contracts
import StoragePlane
import TradingSystem

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Read a whole journal once and say whether it is whole, and whether what it tells of was right.",
        discussion: """
            Computes the hash chain anew over all segments, compares snapshots with their list, and looks for \
            breaches of each invariant that a journal can show (docs/invariants.md): one line each. Changes \
            nothing; may be asked while the daemon writes.

              botlab journal verify /var/lib/tradebot/journal && echo nothing wrong
              botlab journal verify journal --json
              botlab journal verify journal --against 48211:5d0e…   a head that was logged earlier
              botlab journal verify journal --secret-file /etc/tradebot/api-secret   does it stand in there?

            Exit status: 0 nothing wrong, 1 whole, and an invariant is broken, 65 not whole, empty or no journal, \
            66 no such file, 78 the configuration is wrong.
            """
    )

    @OptionGroup var journal: JournalOption

    @Option(
        help: ArgumentHelp(
            "A head as the daemon logs it each minute: the journal must still have that row, with that hash.",
            valueName: "seq:hash"
        )
    )
    var against: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file of secrets, one a line, that may stand nowhere in the journal; they are not repeated.",
            valueName: "file"
        )
    )
    var secretFile: [String] = []

    @Option(help: "The daemon's configuration, for its limits of orders (default: the usual limits).")
    var config: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        for text in against where JournalHead(text) == nil {
            throw ValidationError("'\(text)' is no head: write SEQ:HASH, as the daemon logs it.")
        }
    }

    func run() throws {
        var limits = try config.map { try ConfigurationOption.load($0).invariantLimits } ?? InvariantLimits()
        limits.secrets = try secretFile.flatMap(SecretFile.read)
        let view = try journal.read { reader in
            let head = try reader.head()
            var (bar, count) = (ProgressBar(unit: "events", isForced: false), 0)
            defer { bar.clear() }
            let verdict = try reader.verify(limits: limits) { sequence in
                count += 1
                guard count.isMultiple(of: Self.progressStep) else { return }
                bar.show(Double(sequence) / Double(max(head, 1)), count: count)
            }
            let heads = try against.compactMap(JournalHead.init).map { head in
                try HeadView(head, in: reader, verdict.check)
            }
            return VerdictView(journal: journal.file, verdict: verdict, heads: heads)
        }
        var output = StandardOutput()
        try output.write(json ? view.json() : view.text)
        try output.flush()
        guard !view.isEmpty else {
            StandardError.write(
                "\(journal.file): no event in it can be read; name the folder journal in the daemon's state folder\n"
            )
            throw JournalOption.dataDamaged
        }
        guard view.isWhole else {
            StandardError.write(
                "\(journal.file): not whole; keep a copy, and put a backup in its place (runbook)\n"
            )
            throw JournalOption.dataDamaged
        }
        guard view.isClean else { throw ExitCode.failure }
    }

    private static let progressStep = 4_096
}
