import Contracts
import FoundationEssentials
import GRDB
import StoragePlane
import Testing

@Suite struct `A journal that a crash or a dying disk has left` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// Changes the only segment as SQL can.
    private func change(_ sql: String, in first: UInt64 = 1) throws {
        let file = try DatabaseQueue(path: scratch.segment(first))
        try file.write { try $0.execute(sql: sql) }
        try file.close()
    }

    private func open() throws -> JournalOpening {
        let writer = try JournalWriter(path: scratch.journal)
        try writer.close()
        return writer.opening
    }

    // MARK: The end

    @Test func `is cut where its last row is another one, and says so`() throws {
        try scratch.write([mixed(50)])
        try change("UPDATE entries SET payload = replace(payload, 'market', 'markup') WHERE seq = 50")
        let opening = try open()
        #expect(opening.cut?.from == 50 && opening.cut?.through == 50)
        #expect(opening.head.sequence == 49 && opening.remarks.count == 1)
        #expect(opening.remarks.first?.contains("cut events 50 to 50") == true)
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `is cut from the first of several broken rows, and goes on`() throws {
        try scratch.write([mixed(50)])
        try change("UPDATE entries SET ts = ts + 1 WHERE seq > 46")
        let writer = try JournalWriter(path: scratch.journal)
        #expect(writer.opening.cut?.from == 47 && writer.head == 46)
        writer.append(mixed(10, after: 46, at: dayStart + 1_000))
        try writer.close()
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.isWhole && check.count == 56)
    }

    @Test func `is refused where whole rows follow the broken one`() throws {
        try scratch.write([mixed(50)])
        try change("UPDATE entries SET ts = ts + 1 WHERE seq = 20")
        let error = #expect(throws: JournalError.self) { try open() }
        #expect(error?.code == "journal.damaged" && error?.why.contains("row 20") == true)
        // Nothing was changed.
        #expect(try JournalReader(path: scratch.journal).check().breaks.map(\.sequence) == [20])
    }

    @Test func `is refused where a row is missing in the middle`() throws {
        try scratch.write([mixed(50)])
        try change("DELETE FROM entries WHERE seq = 20")
        let error = #expect(throws: JournalError.self) { try open() }
        #expect(error?.code == "journal.damaged")
    }

    @Test func `is looked at only as far back as the settings say`() throws {
        try scratch.write([mixed(500)])
        try change("UPDATE entries SET ts = ts + 1 WHERE seq = 20")
        var settings = JournalSettings()
        settings.openingCheckEvents = 100
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        #expect(writer.head == 500 && writer.opening.remarks.isEmpty)
        try writer.close()
        #expect(try !JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `loses what its torn log held, and says so`() throws {
        // Given: the files of a killed process
        let writer = try JournalWriter(path: scratch.journal)
        for number in 0..<10 {
            writer.append(states(1, after: UInt64(number)))
            try writer.flush()
        }
        let copy = scratch.folder + "/killed"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        let name = SegmentName(first: 1).text
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: scratch.journal + "/" + name + suffix,
                toPath: copy + "/" + name + suffix
            )
        }
        try writer.close()
        // When: the log's second half is noise
        let log = copy + "/" + name + "-wal"
        var bytes = try Data(contentsOf: URL(filePath: log))
        let half = bytes.count / 2
        for place in half..<min(half + 20_000, bytes.count) { bytes[place] ^= 0x55 }
        try bytes.write(to: URL(filePath: log))
        #expect(try !JournalReader(path: copy).check().isWhole)
        // Then
        let second = try JournalWriter(path: copy)
        #expect(second.head < 10)
        #expect(second.opening.lostLog?.contains("cannot be read") == true)
        #expect(second.opening.remarks.count == 1)
        try second.close()
        #expect(try JournalReader(path: copy).check().isWhole)
    }

    @Test func `says that its log is gone`() throws {
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(states(5))
        try writer.flush()
        let copy = scratch.folder + "/killed"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        let name = SegmentName(first: 1).text
        try FileManager.default.copyItem(atPath: scratch.journal + "/" + name, toPath: copy + "/" + name)
        try writer.close()
        let second = try JournalWriter(path: copy)
        #expect(second.opening.lostLog?.contains("is gone") == true)
        try second.close()
        // After an orderly end its absence is as it should be.
        let third = try JournalWriter(path: copy)
        #expect(third.opening.remarks.isEmpty)
        try third.close()
    }

    // MARK: The middle

    /// Four days of a segment each.
    private func writeDays() throws {
        try scratch.write(
            (0..<4).map { day in
                mixed(300, after: UInt64(day) * 300, at: dayStart + Int64(day) * dayMilliseconds)
            },
            settings: {
                var settings = JournalSettings()
                settings.compressAfterDays = 1_000
                return settings
            }()
        )
    }

    @Test func `is refused where a segment between others is missing`() throws {
        try writeDays()
        try FileManager.default.removeItem(atPath: scratch.segment(301))
        let error = #expect(throws: JournalError.self) { try open() }
        #expect(error == .missing(path: scratch.segment(601), from: 301, to: 600))
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.gaps.map(\.from) == [301] && check.gaps.map(\.to) == [600])
    }

    @Test func `is refused where a segment was put in another's place`() throws {
        try writeDays()
        let other = try Scratch()
        try other.write([
            mixed(300), mixed(300, after: 300, at: dayStart + dayMilliseconds),
            mixed(1, after: 600, at: dayStart + 2 * dayMilliseconds),
        ])
        try FileManager.default.removeItem(atPath: scratch.segment(301))
        var path = other.segment(301)
        if !FileManager.default.fileExists(atPath: path) {
            path = scratch.folder + "/other.db"
            #expect(run(["/bin/sh", "-c", "zcat \(other.segment(301)).gz > \(path)"]) == 0)
        }
        try FileManager.default.copyItem(atPath: path, toPath: scratch.segment(301))
        let error = #expect(throws: JournalError.self) { try open() }
        #expect(error?.code == "journal.damaged" && error?.why.contains("belongs to the journal") == true)
    }

    @Test func `is refused where a complete segment is cut off`() throws {
        try writeDays()
        let path = scratch.segment(301)
        let whole = try Data(contentsOf: URL(filePath: path))
        try whole.prefix(whole.count / 2).write(to: URL(filePath: path))
        let error = #expect(throws: JournalError.self) { try open() }
        #expect(error?.code == "journal.damaged" && error?.why.contains("cut off") == true)
        #expect(try !JournalReader(path: scratch.journal).check().damage.isEmpty)
    }

    @Test func `is refused where a segment's own account of itself was changed`() throws {
        try writeDays()
        try change("UPDATE meta SET value = '299' WHERE key = 'last'", in: 1)
        let error = #expect(throws: JournalError.self) { try open() }
        #expect(error?.code == "journal.damaged" && error?.why.contains("meta") == true)
    }

    @Test func `is refused where its segments were given other names`() throws {
        try writeDays()
        try FileManager.default.moveItem(atPath: scratch.segment(301), toPath: scratch.segment(302))
        #expect(throws: JournalError.self) { try open() }
    }

    // MARK: Between two steps

    @Test func `begins the next segment where it was killed between two`() throws {
        try writeDays()
        try FileManager.default.removeItem(atPath: scratch.segment(901))
        let writer = try JournalWriter(path: scratch.journal)
        #expect(writer.head == 900 && writer.opening.remarks.isEmpty)
        writer.append(mixed(5, after: 900, at: dayStart + 3 * dayMilliseconds))
        try writer.close()
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `loses nothing by files that were not ready`() throws {
        try writeDays()
        for name in [
            SegmentName(first: 1_201).text + ".part",
            SegmentName(first: 1, isCompressed: true).text + ".part",
        ] {
            try Data("half".utf8).write(to: URL(filePath: scratch.journal + "/" + name))
        }
        _ = try open()
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.journal)
        #expect(!left.contains { $0.contains("part") })
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    @Test func `has an id of its own that every segment carries`() throws {
        try writeDays()
        let opening = try open()
        #expect(opening.journal.utf8.count == 8)
        #expect(try JournalReader(path: scratch.journal).identity() == opening.journal)
        let other = try Scratch()
        try other.write([mixed(10)])
        #expect(try JournalReader(path: other.journal).identity() != opening.journal)
    }
}
