import Contracts
import FoundationEssentials
import StoragePlane

/// The journal's writer beside a C program with a prepared statement: the same disk, page, batch and sync setting, one
/// run of each after the other.
///
/// Ours encodes, chains and commits; the C program is handed rows that are ready.
struct JournalRace {
    private static let rowCount = 400_000
    private static let roundCount = 5
    /// About what gathers in the inlet of a busy feed between two looks of the kernel.
    private static let batchCount = 256

    let report: Report
    /// The built `C/journal_peer.c`; nil: no race, only our own figures.
    let peer: String?

    private struct Result {
        let rate: Double
        let bytesPerEvent: Double
        let rowsPerCommit: Double
    }

    func run(_ durability: JournalSettings.Durability) throws {
        let entries = EventSamples.entries(Self.rowCount, writeAheadEvery: durability == .byTopic ? 100 : nil)
        let batches = stride(from: 0, to: entries.count, by: Self.batchCount)
            .map { Array(entries[$0..<min($0 + Self.batchCount, entries.count)]) }
        var settings = JournalSettings()
        settings.durability = durability
        var (ours, theirs): ([Result], [Result]) = ([], [])
        var version = ""
        for round in 0...Self.roundCount {
            let own = try BenchFolder.use { try append(batches, settings, in: $0) }
            let other = try BenchFolder.use { runPeer(settings, own.bytesPerEvent, in: $0, &version) }
            // The first round warms up.
            guard round > 0 else { continue }
            ours.append(own)
            if let other { theirs.append(other) }
        }
        let metric = "append_\(durability.rawValue)_batch\(settings.transactionLimitEvents)"
        add(ours, metric, peer: "tradebot", version: nil)
        guard theirs.count == ours.count else { return }
        add(theirs, metric, peer: "C sqlite3 prepared", version: version)
        let shares = zip(ours, theirs).map { $0.rate / $1.rate }
        report.add(
            .journal,
            metric + "_share_of_C",
            Stopwatch.quantile(0.5, of: shares),
            "ratio",
            more: [("min", Stopwatch.quantile(0, of: shares)), ("max", Stopwatch.quantile(1, of: shares))]
        )
    }

    private func add(_ results: [Result], _ metric: String, peer: String, version: String?) {
        let rates = results.map(\.rate)
        let more = [
            ("min", Stopwatch.quantile(0, of: rates)), ("max", Stopwatch.quantile(1, of: rates)),
            ("bytes_per_event", Stopwatch.quantile(0.5, of: results.map(\.bytesPerEvent))),
            ("rows_per_commit", Stopwatch.quantile(0.5, of: results.map(\.rowsPerCommit))),
        ]
        let value = Stopwatch.quantile(0.5, of: rates)
        if let version {
            report.add(.journal, peer: peer, version: version, metric, value, "rows/s", more: more)
        } else {
            report.add(.journal, metric, value, "rows/s", more: more)
        }
    }

    /// Rows a second of wall time from the first append until the disk has all, as the setting has it.
    private func append(
        _ batches: [[JournalEntry]],
        _ settings: JournalSettings,
        in folder: String
    ) throws -> Result {
        let writer = try JournalWriter(path: folder + "/journal", settings: settings)
        let start = Stopwatch.wall
        for batch in batches { writer.append(batch) }
        try writer.flush()
        let seconds = (Stopwatch.wall - start) / 1e9
        let status = writer.status
        try writer.close()
        let count = batches.reduce(0) { $0 + $1.count }
        return Result(
            rate: Double(count) / seconds,
            bytesPerEvent: Double(BenchFolder.size(of: folder + "/journal")) / Double(count),
            rowsPerCommit: Double(count) / Double(max(status.commitCount, 1))
        )
    }

    /// The C program writes rows with as many bytes as ours have on average; it waits for no sync but SQLite's own.
    private func runPeer(
        _ settings: JournalSettings,
        _ bytesPerEvent: Double,
        in folder: String,
        _ version: inout String
    ) -> Result? {
        guard let peer else { return nil }
        // Beside the classes, of which some wait for the disk, stands a program that has each commit on disk.
        let sync = settings.durability == .process ? "NORMAL" : "FULL"
        let words = [
            peer, folder + "/peer.db", String(Self.rowCount), String(settings.transactionLimitEvents), sync,
            String(max(1, Int(bytesPerEvent) - Self.bytesAroundPayload)), String(settings.pageBytes),
            String(settings.checkpointPages),
        ]
        guard let line = ChildOutput.of(words, in: folder),
            let answer = try? JSONDecoder().decode(PeerLine.self, from: Data(line.utf8))
        else {
            Report.note("4-journal: '\(words.joined(separator: " "))' gave no figure")
            return nil
        }
        version = answer.version
        return Result(
            rate: answer.value,
            bytesPerEvent: answer.bytesPerEvent,
            rowsPerCommit: Double(settings.transactionLimitEvents)
        )
    }

    /// What a row takes on disk besides its payload: hash, numbers, SQLite's own.
    private static let bytesAroundPayload = 60

    private struct PeerLine: Decodable {
        let version: String
        let value: Double
        let bytesPerEvent: Double

        enum CodingKeys: String, CodingKey {
            case version, value
            case bytesPerEvent = "bytes_per_event"
        }
    }
}
