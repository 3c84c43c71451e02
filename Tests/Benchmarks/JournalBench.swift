import Contracts
import FoundationEssentials
import StoragePlane

/// What keeping every event costs: its JSON on the CPU clock, the journal file on the wall clock.
enum JournalBench {
    private static let encodeCount = 50_000
    private static let rowCount = 200_000
    /// About what gathers in the inlet of a busy feed between two looks of the kernel.
    private static let batchCount = 256

    static func run(_ report: Report) throws {
        try encode(report)
        for durability in [JournalSettings.Durability.process, .power] { try append(durability, report) }
    }

    private static func encode(_ report: Report) throws {
        let entries = EventSamples.entries(encodeCount)
        let encoder = EventJSONEncoder()
        var bytes: [UInt8] = []
        var (byteCount, failures) = (0, 0)
        let time = Stopwatch.cpuNanoseconds(per: entries.count) {
            byteCount = 0
            for entry in entries {
                bytes.removeAll(keepingCapacity: true)
                do { try encoder.encode(entry.event, into: &bytes) } catch { failures += 1 }
                byteCount += bytes.count
            }
        }
        if failures > 0 { Report.note("4-journal: \(failures) events have no JSON") }
        let size = Double(byteCount) / Double(entries.count)
        report.add(.journal, "encode_event", time, "ns", more: [("bytes_per_event", size)])
    }

    /// Rows a second of wall time from the first append until all is committed.
    private static func append(_ durability: JournalSettings.Durability, _ report: Report) throws {
        let entries = EventSamples.entries(rowCount)
        let batches = stride(from: 0, to: entries.count, by: batchCount)
            .map { Array(entries[$0..<min($0 + batchCount, entries.count)]) }
        var rates: [Double] = []
        for _ in 0..<Stopwatch.repeatCount {
            let folder = FileManager.default.temporaryDirectory.path + "/tradebot-bench-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            var settings = JournalSettings()
            settings.durability = durability
            let writer = try JournalWriter(path: folder + "/journal.db", settings: settings)
            let start = Stopwatch.wall
            for batch in batches { writer.append(batch) }
            try writer.flush()
            rates.append(Double(entries.count) / (Stopwatch.wall - start) * 1e9)
            try writer.close()
        }
        let more = [
            ("min", Stopwatch.quantile(0, of: rates)), ("max", Stopwatch.quantile(1, of: rates)),
        ]
        let metric = "append_\(durability.rawValue)_batch\(batchCount)"
        report.add(.journal, metric, Stopwatch.quantile(0.5, of: rates), "rows/s", more: more)
    }
}
