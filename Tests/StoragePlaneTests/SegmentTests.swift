import Contracts
import GRDB
import StoragePlane
import Testing

@Suite struct `Segments` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private var small: JournalSettings {
        var settings = JournalSettings()
        settings.segmentBytesMax = 100_000
        settings.transactionLimitEvents = 50
        settings.compressAfterDays = 1_000
        return settings
    }

    @Test func `are named after their first row`() {
        let name = SegmentName(first: 42)
        #expect(name.text == "journal-00000000000000000042.db")
        #expect(SegmentName(name.text) == name)
        #expect(SegmentName(name.text + ".gz") == SegmentName(first: 42, isCompressed: true))
        for text in ["journal.db", "journal-42.db", "journal-00000000000000000042.db-wal", "x"] {
            #expect(SegmentName(text) == nil)
        }
    }

    @Test func `end when they are large enough, and nothing is lost between them`() throws {
        let entries = mixed(3_000)
        try scratch.write(pieces(entries), settings: small)
        let files = try scratch.segmentFiles
        #expect(files.count > 3)
        let reader = try JournalReader(path: scratch.journal)
        let check = try reader.check()
        #expect(check.isWhole && check.count == 3_000 && check.segmentCount == files.count)
        let rows = try reader.rows(in: 1...UInt64.max)
        #expect(try rows.map { try $0.event() } == entries.map(\.event))
    }

    @Test func `end with the day, in UTC`() throws {
        let evening = clocks(10, at: dayStart + dayMilliseconds - 5)
        try scratch.write([evening, clocks(5, after: 10, at: dayStart + dayMilliseconds)])
        // The first one may be compressed by now: its day is over.
        let files = try scratch.segmentFiles.compactMap { SegmentName($0)?.first }
        #expect(files == [1, 6])
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `go on in the next run`() throws {
        for run in 0..<4 {
            try scratch.write(
                pieces(mixed(400, after: UInt64(run) * 400, at: dayStart + Int64(run) * 10_000)),
                settings: small
            )
        }
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.isWhole && check.count == 1_600 && check.segmentCount > 1, "\(check)")
    }

    @Test func `are asked as one journal`() throws {
        // Given: three days
        let days = (0..<3).map { day in
            mixed(300, after: UInt64(day) * 300, at: dayStart + Int64(day) * dayMilliseconds)
        }
        try scratch.write(days)
        let reader = try JournalReader(path: scratch.journal)
        #expect(try scratch.segmentFiles.count == 3)
        // Then: by number, by time, by topic, by correlation
        #expect(try reader.rows(in: 295...305).map(\.sequence) == Array(295...305))
        let second = JournalQuery(
            since: dayStart + dayMilliseconds,
            until: dayStart + 2 * dayMilliseconds - 1
        )
        #expect(try reader.rows(second).map(\.sequence) == Array(301...600))
        let intents = try reader.rows(JournalQuery(topics: ["strategy:*"]))
        #expect(intents.count == 90 && intents.allSatisfy { $0.topic == "strategy:intent" })
        #expect(try reader.rows(JournalQuery(topics: ["control:command"])).isEmpty)
        let chain = try reader.rows(correlation: .intent(9))
        #expect(chain.count == 90 && chain.map(\.sequence) == chain.map(\.sequence).sorted())
        #expect(try reader.rows(correlation: .intent(310)).map(\.sequence) == [310])
        #expect(try reader.rows(correlation: .intent(311)).isEmpty)
    }

    @Test func `are walked over page by page`() throws {
        try scratch.write(pieces(mixed(1_000)), settings: small)
        var cursor = JournalCursor(try JournalReader(path: scratch.journal), pageRows: 7)
        var numbers: [UInt64] = []
        while let row = try cursor.next() { numbers.append(row.sequence) }
        #expect(numbers == Array(1...1_000))
        #expect(try cursor.next() == nil)
    }

    @Test func `are read while they are written and end`() throws {
        let writer = try JournalWriter(path: scratch.journal, settings: small)
        let reader = try JournalReader(path: scratch.journal)
        var seen: UInt64 = 0
        for part in 0..<20 {
            writer.append(mixed(100, after: UInt64(part) * 100))
            if part % 3 == 0 { try writer.flush() }
            // Whatever is there is there without a gap.
            for row in try reader.rows(in: seen + 1...UInt64.max) {
                #expect(row.sequence == seen + 1)
                seen = row.sequence
            }
        }
        try writer.close()
        #expect(try reader.rows(in: seen + 1...UInt64.max).last?.sequence ?? seen == 2_000)
        #expect(try scratch.segmentFiles.count > 2)
    }

    @Test func `are read on by one who began before they ended`() throws {
        let writer = try JournalWriter(path: scratch.journal, settings: small)
        writer.append(mixed(100))
        try writer.flush()
        let reader = try JournalReader(path: scratch.journal)
        var seen: [UInt64] = []
        try reader.forEachRow { row in
            if seen.isEmpty {
                for piece in pieces(mixed(2_000, after: 100)) { writer.append(piece) }
                try writer.flush()
            }
            seen.append(row.sequence)
        }
        // Its view of the segment it stands in is that of its beginning; the others it finds as they are.
        #expect(seen.prefix(100) == Array(1...100)[...])
        #expect(try reader.rows(in: 1...UInt64.max).count == 2_100)
        try writer.close()
    }

    @Test func `show their rows in words to whoever looks by hand`() throws {
        try scratch.write([mixed(20)])
        let file = try DatabaseQueue(path: scratch.segment())
        let row = try file.read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT topic, source, json_extract(payload, '$.meta.seq') FROM events WHERE seq = 7"
            )
        }
        #expect(row?[0] == "market:trade" && row?[1] == "market" && row?[2] == 7)
        try file.close()
    }

    @Test func `tell how often each topic comes`() throws {
        try scratch.write(pieces(mixed(1_000)), settings: small)
        let counts = try JournalReader(path: scratch.journal).countsByTopic()
        #expect(counts.map(\.topic) == ["error:event", "market:trade", "strategy:intent"])
        #expect(counts.map(\.count) == [100, 800, 100])
    }
}
