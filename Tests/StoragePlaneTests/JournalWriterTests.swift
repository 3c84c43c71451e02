import Contracts
import Dispatch
import FoundationEssentials
import GRDB
import StoragePlane
import TestKit
import Testing

@Suite struct `Journal writer` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test func `starts an empty journal at zero`() throws {
        #expect(try JournalWriter(path: scratch.journal).head == 0)
    }

    @Test func `keeps every topic equal and in order over a reopening`() throws {
        // Given
        let entries = numbered(Samples.all)
        let writer = try JournalWriter(path: scratch.journal)
        // When
        writer.append(Array(entries.prefix(7)))
        writer.append(Array(entries.dropFirst(7)))
        try writer.close()
        // Then
        let reader = try JournalReader(path: scratch.journal)
        let rows = try reader.rows(in: 1...UInt64.max)
        #expect(try rows.map { try $0.event() } == entries.map(\.event))
        #expect(rows.map(\.isRoot) == entries.map(\.isRoot))
        #expect(try reader.check().isWhole)
        #expect(try JournalWriter(path: scratch.journal).head == UInt64(entries.count))
    }

    @Test func `goes on without a gap in the next run`() throws {
        for run in 0..<3 {
            let writer = try JournalWriter(path: scratch.journal)
            #expect(writer.head == UInt64(run * 10))
            writer.append(clocks(10, after: writer.head))
            try writer.close()
        }
        let check = try JournalReader(path: scratch.journal).check()
        #expect(check.first == 1 && check.last == 30 && check.count == 30 && check.gaps.isEmpty)
    }

    @Test func `has on disk all that was flushed though nobody closed it`() throws {
        // Given: a writer that lives on, as the files of a killed process do
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(clocks(100))
        try writer.flush()
        // When: the files are taken as they lie there, the write-ahead log included
        let copy = scratch.folder + "/killed"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in [SegmentName(first: 1).text, SegmentName(first: 1).text + "-wal"] {
            try FileManager.default.copyItem(atPath: scratch.journal + "/" + name, toPath: copy + "/" + name)
        }
        // Then
        let second = try JournalWriter(path: copy)
        #expect(second.head == 100)
        second.append(clocks(5, after: 100))
        try second.close()
        #expect(second.opening.remarks.isEmpty)
        #expect(try JournalReader(path: copy).check().count == 105)
        try writer.close()
    }

    @Test func `makes the kernel wait while its queue is full and loses nothing`() throws {
        // Given: a reader's lock that no write gets past
        var settings = JournalSettings()
        settings.queueLimitEvents = 20
        settings.retryDelayMinMilliseconds = 1
        let failures = Failures()
        let writer = try JournalWriter(path: scratch.journal, settings: settings) { failures.add($0) }
        let blocker = try DatabaseQueue(path: scratch.segment())
        let (locked, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        DispatchQueue.global().async {
            try? blocker.inTransaction(.immediate) { _ in
                locked.signal()
                release.wait()
                return .rollback
            }
        }
        locked.wait()
        writer.append(clocks(20))
        // When
        let entries = clocks(20, after: 20)
        let appended = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            writer.append(entries)
            appended.signal()
        }
        while writer.status.blockedCount == 0 {}
        // Then
        #expect(writer.status.queuedCount == 20)
        release.signal()
        appended.wait()
        try writer.close()
        #expect(writer.status.head == 40)
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
        try blocker.close()
    }

    @Test func `tells of a failed write, keeps it and tries again`() throws {
        // Given: a table that refuses rows
        var settings = JournalSettings()
        settings.retryDelayMinMilliseconds = 1
        settings.retryDelayMaxMilliseconds = 4
        let failures = Failures()
        let writer = try JournalWriter(path: scratch.journal, settings: settings) { failures.add($0) }
        let other = try DatabaseQueue(path: scratch.segment())
        try other.write { database in
            try database.execute(
                sql: "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        }
        // When
        writer.append(clocks(3))
        while writer.status.failureCount < 3 {}
        // Then
        #expect(writer.status.failure?.contains("no room") == true)
        #expect(writer.status.queuedCount == 3)
        try other.write { try $0.execute(sql: "DROP TRIGGER full") }
        try writer.close()
        #expect(writer.status.head == 3 && writer.status.failure == nil)
        #expect(failures.all.allSatisfy { $0.code == "journal.write" } && !failures.all.isEmpty)
        try other.close()
    }

    @Test func `gives up a flush after its limit and says how much waits`() throws {
        var settings = JournalSettings()
        settings.flushLimitSeconds = 0
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        let other = try DatabaseQueue(path: scratch.segment())
        try other.inTransaction(.immediate) { _ in
            writer.append(clocks(2))
            #expect(throws: JournalError.notFlushed(path: scratch.journal, seconds: 0, waitingCount: 2)) {
                try writer.flush()
            }
            return .rollback
        }
        // Committed is not enough for a close without patience: the disk must have it.
        while writer.durableHead.sequence < 2 {}
        try writer.close()
        try other.close()
    }

    @Test func `has a row for an event without JSON and says so`() throws {
        let failures = Failures()
        let writer = try JournalWriter(path: scratch.journal) { failures.add($0) }
        let event = NewClusterFound(
            meta: Samples.meta(.research),
            clusterID: "c",
            schemaVersion: 1,
            centroid: [.nan],
            size: 1,
            meanForwardReturn: 0,
            hitRate: 0,
            stability: 0
        )
        writer.append(numbered([event.erased]))
        try writer.close()
        let reader = try JournalReader(path: scratch.journal)
        #expect(try reader.check().isWhole)
        let row = try #require(try reader.rows(in: 1...1).first)
        #expect(row.payload.contains("\"unencodable\""))
        #expect(throws: JournalError.self) { try row.event() }
        #expect(failures.all.map(\.code) == ["journal.encode"])
    }
}
