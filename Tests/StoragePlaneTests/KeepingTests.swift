import Contracts
import FoundationEssentials
import StoragePlane
import Testing

@Suite struct `Old segments` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func settings(_ change: (inout JournalSettings) -> Void) -> JournalSettings {
        var settings = JournalSettings()
        settings.compressAfterDays = 1_000
        settings.retentionDays = 0
        settings.marketRetentionDays = 0
        change(&settings)
        return settings
    }

    /// One segment a day, from the first day on.
    private func days(_ count: Int, rows: Int = 300) -> [[JournalEntry]] {
        (0..<count).map { day in
            mixed(rows, after: UInt64(day * rows), at: dayStart + Int64(day) * dayMilliseconds)
        }
    }

    private func keep(_ batches: [[JournalEntry]], _ settings: JournalSettings) throws {
        let failures = Failures()
        let writer = try JournalWriter(path: scratch.journal, settings: settings) { failures.add($0) }
        for batch in batches { writer.append(batch) }
        try writer.flush()
        writer.finishHousekeeping()
        try writer.close()
        #expect(failures.all == [])
    }

    // MARK: Compression

    @Test func `are compressed, and read as before`() throws {
        // Given
        let days = days(4)
        // When
        try keep(days, settings { $0.compressAfterDays = 2 })
        // Then
        #expect(
            try scratch.segmentFiles == [
                SegmentName(first: 1, isCompressed: true).text,
                SegmentName(first: 301, isCompressed: true).text,
                SegmentName(first: 601).text, SegmentName(first: 901).text,
            ]
        )
        let reader = try JournalReader(path: scratch.journal)
        let rows = try reader.rows(in: 1...UInt64.max)
        #expect(try rows.map { try $0.event() } == days.joined().map(\.event))
        let check = try reader.check()
        #expect(check.isWhole && check.count == 1_200)
        #expect(try reader.rows(correlation: .intent(10)).map(\.sequence) == [10])
        #expect(try reader.rows(correlation: .intent(9)).count == 120)
        #expect(try reader.rows(JournalQuery(until: dayStart + 100)).count == 10)
        #expect(try reader.verify().check.isWhole)
    }

    @Test func `have their chains beside them, and answer for one correlation without being unpacked`() throws
    {
        try keep(days(3), settings { $0.compressAfterDays = 1 })
        let packed = scratch.journal + "/" + SegmentName(first: 1, isCompressed: true).text
        let chains = scratch.journal + "/" + SegmentName(first: 1).text + ".chains"
        let expected = try JournalReader(path: scratch.journal).rows(correlation: .intent(10))
        #expect(expected.map(\.sequence) == [10])
        // What cannot be unpacked any more still answers: only the head is read.
        let whole = try Data(contentsOf: URL(filePath: packed))
        var changed = whole
        for place in (whole.count / 2)..<(whole.count - 8) { changed[place] = 0 }
        try changed.write(to: URL(filePath: packed))
        #expect(try JournalReader(path: scratch.journal).rows(correlation: .intent(10)) == expected)
        try whole.write(to: URL(filePath: packed))
        // Without the file, as older programs left it, and with a broken one, the segment is unpacked.
        let file = try Data(contentsOf: URL(filePath: chains))
        for bytes in [file.prefix(100), Data(), Data(repeating: 7, count: 9_000)] {
            try bytes.write(to: URL(filePath: chains))
            #expect(try JournalReader(path: scratch.journal).rows(correlation: .intent(10)) == expected)
        }
        try FileManager.default.removeItem(atPath: chains)
        #expect(try JournalReader(path: scratch.journal).rows(correlation: .intent(10)) == expected)
    }

    @Test func `do not believe the chains of another segment`() throws {
        try keep(days(4), settings { $0.compressAfterDays = 1 })
        let folder = scratch.journal + "/"
        let (first, second) = (SegmentName(first: 1).text, SegmentName(first: 301).text)
        try FileManager.default.removeItem(atPath: folder + first + ".chains")
        try FileManager.default.copyItem(
            atPath: folder + second + ".chains",
            toPath: folder + first + ".chains"
        )
        #expect(
            try JournalReader(path: scratch.journal).rows(correlation: .intent(10)).map(\.sequence) == [10]
        )
    }

    @Test func `are what zcat makes of them`() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") else {
            print("skipped: there is no sqlite3 shell here")
            return
        }
        try keep(days(2), settings { $0.compressAfterDays = 0 })
        let packed = scratch.journal + "/" + SegmentName(first: 1, isCompressed: true).text
        let plain = scratch.folder + "/unpacked.db"
        let output = scratch.folder + "/output"
        let command =
            "zcat \(packed) > \(plain) && sqlite3 \(plain) 'SELECT count(*) FROM events' > \(output)"
        #expect(run(["/bin/sh", "-c", command]) == 0)
        #expect(try String(decoding: Data(contentsOf: URL(filePath: output)), as: UTF8.self) == "300\n")
    }

    @Test func `stay plain where one who reads them holds them, and are compressed later`() throws {
        let writer = try JournalWriter(path: scratch.journal, settings: settings { $0.compressAfterDays = 0 })
        let all = days(3)
        writer.append(all[0])
        try writer.flush()
        let reader = try JournalReader(path: scratch.journal)
        #expect(try reader.rows(in: 1...UInt64.max).count == 300)
        // The reader's file stays open over the end of the segment.
        writer.append(all[1])
        try writer.flush()
        writer.finishHousekeeping()
        #expect(try reader.rows(in: 1...UInt64.max).count == 600)
        try reader.close()
        writer.append(all[2])
        try writer.flush()
        writer.finishHousekeeping()
        try writer.close()
        #expect(try scratch.segmentFiles.filter { $0.hasSuffix(".gz") }.count == 2)
        #expect(try JournalReader(path: scratch.journal).check().count == 900)
    }

    @Test func `are refused where their compressed file is cut off or changed`() throws {
        try keep(days(3), settings { $0.compressAfterDays = 1 })
        let path = scratch.journal + "/" + SegmentName(first: 1, isCompressed: true).text
        let whole = try Data(contentsOf: URL(filePath: path))
        for count in [whole.count - 1, whole.count / 2, 300, 20, 0] {
            try whole.prefix(count).write(to: URL(filePath: path))
            #expect(
                try !JournalReader(path: scratch.journal).check().isWhole,
                "cut to \(count) of \(whole.count)"
            )
        }
        var changed = whole
        changed[whole.count / 2] ^= 0x10
        try changed.write(to: URL(filePath: path))
        #expect(try !JournalReader(path: scratch.journal).check().damage.isEmpty)
    }

    @Test func `that a crash left plain and compressed are one segment`() throws {
        try keep(days(3), settings { $0.compressAfterDays = 1 })
        let packed = scratch.journal + "/" + SegmentName(first: 1, isCompressed: true).text
        #expect(run(["/bin/sh", "-c", "zcat \(packed) > \(scratch.segment())"]) == 0)
        #expect(try JournalReader(path: scratch.journal).check().count == 900)
        try keep([], settings { $0.compressAfterDays = 1 })
        #expect(!FileManager.default.fileExists(atPath: scratch.segment()))
        #expect(try JournalReader(path: scratch.journal).check().count == 900)
    }

    // MARK: Retention

    @Test func `lose the market's rows and keep their chain`() throws {
        // Given
        try keep(days(4), settings { _ in })
        let before = try JournalReader(path: scratch.journal).chainHead()
        // When
        try keep([], settings { $0.marketRetentionDays = 1 })
        // Then: the first two days are thinned
        let reader = try JournalReader(path: scratch.journal)
        let check = try reader.check()
        #expect(check.isWhole && check.removedCount == 480 && check.count == 720)
        #expect(try reader.chainHead() == before)
        let first = try reader.rows(in: 1...300)
        #expect(first.count == 60 && first.allSatisfy { !$0.topic.hasPrefix("market:") })
        #expect(try reader.rows(in: 601...900).count == 300)
        #expect(try reader.firstWhole() == 601)
        #expect(try reader.rows(correlation: .intent(10)).map(\.sequence) == [10])
    }

    @Test(arguments: [false, true])
    func `are thinned once, and compressed anew where they were`(isCompressed: Bool) throws {
        let after = isCompressed ? 1 : 1_000
        try keep(days(4), settings { $0.compressAfterDays = after })
        for _ in 0..<2 {
            try keep([], settings { ($0.marketRetentionDays, $0.compressAfterDays) = (1, after) })
        }
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.isWhole && check.removedCount == 480)
        #expect(try scratch.segmentFiles.filter { $0.hasSuffix(".gz") }.count == (isCompressed ? 3 : 0))
    }

    @Test func `are deleted with a record, and what is left is whole`() throws {
        // Given
        let gone = try keepAndGiveHead(days(5), through: 600)
        // When
        try keep([], settings { $0.retentionDays = 2 })
        // Then
        #expect(try scratch.segmentFiles.first == SegmentName(first: 601).text)
        let reader = try JournalReader(path: scratch.journal)
        let check = try reader.check()
        #expect(check.isWhole && check.first == 601 && check.count == 900)
        #expect(check.retired?.last == 600 && check.retired?.hash == gone)
        // And the next run goes on.
        try keep(
            [mixed(10, after: 1_500, at: dayStart + 5 * dayMilliseconds)],
            settings { $0.retentionDays = 2 }
        )
        let later = try JournalReader(path: scratch.journal).check()
        #expect(later.isWhole && later.first == 901 && later.retired?.last == 900)
    }

    private func keepAndGiveHead(_ days: [[JournalEntry]], through sequence: UInt64) throws -> ChainHash? {
        try keep(days, settings { _ in })
        return try JournalReader(path: scratch.journal).rows(in: sequence...sequence).first?.hash
    }

    @Test func `that are gone without a record are missed`() throws {
        try keep(days(3), settings { _ in })
        try FileManager.default.removeItem(atPath: scratch.segment())
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.gaps.map(\.from) == [1] && check.gaps.map(\.to) == [300])
        let missing = JournalError.missing(path: scratch.segment(301), from: 1, to: 300)
        #expect(throws: missing) { try JournalWriter(path: scratch.journal) }
    }

    @Test func `keep the newest state of a part until a later one has it`() throws {
        // Given: a day with a snapshot, and days without
        let snapshot = StateSnapshot(
            meta: EventMeta(source: .trading, ts: dayStart + 5),
            part: .portfolio,
            version: 1,
            body: "{}"
        )
        let first = numbered([snapshot.erased])
        let later = (1..<4).map { day in
            mixed(100, after: UInt64(day * 100 - 99), at: dayStart + Int64(day) * dayMilliseconds)
        }
        // When: even its whole segment's time is up
        try keep([first] + later, settings { ($0.marketRetentionDays, $0.retentionDays) = (1, 1) })
        // Then
        #expect(try JournalReader(path: scratch.journal).newestSnapshot(of: .portfolio)?.sequence == 1)
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `are put away while others are written`() throws {
        let writer = try JournalWriter(
            path: scratch.journal,
            settings: settings {
                ($0.marketRetentionDays, $0.retentionDays, $0.compressAfterDays) = (1, 3, 0)
            }
        )
        for day in days(8, rows: 500) {
            for start in stride(from: 0, to: 500, by: 50) { writer.append(Array(day[start..<start + 50])) }
        }
        try writer.flush()
        writer.finishHousekeeping()
        let status = writer.status
        #expect(status.failureCount == 0 && status.durable.sequence == 4_000)
        try writer.close()
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.isWhole && check.last == 4_000 && check.retired != nil && check.removedCount > 0)
    }
}
