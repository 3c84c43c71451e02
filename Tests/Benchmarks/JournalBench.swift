import Contracts
import StoragePlane

/// What keeping every event costs: its JSON on the CPU clock, the journal file on the wall clock.
enum JournalBench {
    private static let encodeCount = 50_000

    /// `peer`: the built `C/journal_peer.c`; `eventCount`: so many events lie in the journal that is asked.
    static func run(_ report: Report, peer: String?, eventCount: Int) throws {
        try encode(report)
        let race = JournalRace(report: report, peer: peer)
        for durability in [JournalSettings.Durability.process, .power, .byTopic] { try race.run(durability) }
        try JournalQueryBench(report: report, eventCount: eventCount).run()
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
}
