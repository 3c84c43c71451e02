import Contracts
import EventKernel
import FoundationEssentials
import Glibc
import StoragePlane

/// A long journal, made through kernel and writer with everything on, and how long one correlation takes to find in it.
struct JournalQueryBench {
    private static let chainEvery = 400
    private static let chainEvents = 4
    private static let settleEvery = 256
    private static let askedCount = 50
    private static let packingSecondsMax = 600.0

    let report: Report
    let eventCount: Int

    func run() throws {
        try BenchFolder.use { folder in
            let (ids, seconds) = try make(eventCount, in: folder, JournalSettings())
            report.add(
                .journal,
                "sustained_everything_on",
                Double(eventCount) / seconds,
                "events/s",
                more: [
                    ("events", Double(eventCount)),
                    (
                        "bytes_per_event",
                        Double(BenchFolder.size(of: folder + "/journal")) / Double(eventCount)
                    ),
                    ("segments", Double(BenchFolder.files(in: folder + "/journal").count)),
                ]
            )
            try ask(ids, in: folder, "query_correlation")
            try pack(folder)
            try ask(ids, in: folder, "query_correlation_compressed")
        }
    }

    /// Has every segment but the one that is written compressed.
    private func pack(_ folder: String) throws {
        var settings = JournalSettings()
        settings.compressAfterDays = 0
        let writer = try JournalWriter(path: folder + "/journal", settings: settings)
        let end = Stopwatch.wall + Self.packingSecondsMax * 1e9
        while plainCount(in: folder + "/journal") > 1, Stopwatch.wall < end { usleep(100_000) }
        try writer.close()
        let journal = folder + "/journal"
        report.add(
            .journal,
            "compressed_segments",
            Double(BenchFolder.files(in: journal).count { $0.hasSuffix(".gz") }),
            "segments",
            more: [
                ("plain", Double(plainCount(in: folder + "/journal"))),
                ("bytes", Double(BenchFolder.size(of: journal, suffix: ".gz"))),
                ("chains_bytes", Double(BenchFolder.size(of: journal, suffix: ".chains"))),
            ]
        )
    }

    private func plainCount(in folder: String) -> Int {
        BenchFolder.files(in: folder).count { $0.hasSuffix(".db") }
    }

    // MARK: Making

    /// Writes `count` events; some of their intents, and the seconds until the disk had all.
    private func make(
        _ count: Int,
        in folder: String,
        _ settings: JournalSettings
    ) throws -> (ids: [CorrelationID], seconds: Double) {
        let events = EventSamples.events(of: Samples.mix(50_000))
        let writer = try JournalWriter(path: folder + "/journal", settings: settings)
        let kernel = Kernel()
        _ = EventJournal(writer: writer, kernel: kernel)
        var ids: [CorrelationID] = []
        var (made, sinceSettled) = (0, 0)
        let start = Stopwatch.wall
        while made < count {
            for event in events where made < count {
                kernel.ingest(event)
                made += 1
                if made % Self.chainEvery == 0, made + Self.chainEvents < count {
                    let id = EventSamples.publishChain(of: Self.chainEvents, on: kernel)
                    if ids.count * count < made * Self.askedCount { ids.append(id) }
                    made += Self.chainEvents
                }
                sinceSettled += 1
                if sinceSettled == Self.settleEvery {
                    kernel.settle()
                    sinceSettled = 0
                }
            }
        }
        kernel.settle()
        try writer.flush()
        let seconds = (Stopwatch.wall - start) / 1e9
        try writer.close()
        return (ids, seconds)
    }

    // MARK: Asking

    private func ask(_ ids: [CorrelationID], in folder: String, _ metric: String) throws {
        BenchFolder.forget(folder + "/journal")
        let cold = try ids.prefix(1).map { try time($0, in: folder + "/journal") }
        let warm = try ids.map { try time($0, in: folder + "/journal") }
        let absent = try (0..<Self.askedCount)
            .map { number in
                let key = CommandKey(high: 7, low: UInt64(number))
                return try time(.command(key), in: folder + "/journal", expected: 0)
            }
        for (name, times) in [("cold", cold), ("p50", warm), ("max", warm), ("absent_p50", absent)] {
            let fraction = name == "max" ? 1 : 0.5
            report.add(.journal, "\(metric)_\(name)", Stopwatch.quantile(fraction, of: times), "ms")
        }
    }

    /// Milliseconds from opening a reader until it has the rows.
    private func time(
        _ id: CorrelationID,
        in journal: String,
        expected: Int = chainEvents
    ) throws -> Double {
        let start = Stopwatch.wall
        let reader = try JournalReader(path: journal)
        let rows = try reader.rows(correlation: id)
        let milliseconds = (Stopwatch.wall - start) / 1e6
        try reader.close()
        guard rows.count == expected else {
            Report.note("4-journal: \(id) has \(rows.count) rows, and \(expected) were written")
            return .infinity
        }
        return milliseconds
    }
}
