import Contracts
import EventKernel
import GRDB
import StoragePlane
import TestKit
import Testing

@Suite struct `A replay` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// A small world: each feature set is recorded, each third one makes a remark.
    private func build(_ kernel: Kernel, remark: String = "third") {
        var count = 0
        kernel.bus.on(FeatureSet.self, as: .featureRecorder) { [unowned kernel] features in
            kernel.bus.publish(FeatureVectorRecorded(recording: copy features))
            count += 1
            guard count % 3 == 0 else { return }
            kernel.bus.publish(
                ErrorEvent(
                    meta: EventMeta(source: .research),
                    module: .featureStore,
                    severity: .warning,
                    code: "test.third",
                    what: remark,
                    why: "\(count)",
                    next: "go on"
                )
            )
        }
        kernel.every(milliseconds: 1_000, as: .orchestrator) { [unowned kernel] in
            kernel.bus.publish(
                ClockOffset(
                    meta: EventMeta(source: .market),
                    offsetMilliseconds: Int64(count),
                    errorBoundMilliseconds: 1
                )
            )
        }
    }

    private func record(_ rootCount: Int) throws {
        let writer = try JournalWriter(path: scratch.journal)
        let kernel = Kernel()
        _ = EventJournal(writer: writer, kernel: kernel)
        build(kernel)
        for index in 0..<rootCount {
            var features = Samples.features
            features.meta.ts = dayStart + Int64(index) * 300
            kernel.ingest(features)
            if index % 7 == 0 { kernel.settle() }
        }
        kernel.settle()
        try writer.close()
    }

    /// Runs the journal's events from outside through a fresh world.
    private func replay(remark: String = "third", dropping dropped: UInt64? = nil) throws -> ReplayComparator
    {
        let reader = try JournalReader(path: scratch.journal)
        let comparator = ReplayComparator(reader)
        let kernel = Kernel()
        var failure: JournalError?
        kernel.bus.record { event, isRoot in
            do throws(JournalError) { try comparator.compare(event, isRoot: isRoot) } catch {
                failure = error
            }
        }
        build(kernel, remark: remark)
        try reader.forEachRootEvent(after: 0) { event in
            if event.meta.seq != dropped { kernel.ingest(event) }
        }
        if let failure { throw failure }
        _ = try comparator.finish()
        return comparator
    }

    @Test func `of the same world has no difference`() throws {
        try record(100)
        let comparator = try replay()
        #expect(comparator.difference == nil, "\(comparator.difference.map(String.init) ?? "")")
        let head = try JournalReader(path: scratch.journal).head()
        #expect(comparator.equalCount == Int(head) && comparator.beyondCount == 0)
    }

    @Test func `of another world shows the first difference, both events and their cause`() throws {
        try record(100)
        let difference = try #require(try replay(remark: "another").difference)
        let (recorded, derived) = (try #require(difference.recorded), try #require(difference.derived))
        #expect(recorded.topic == "error:event" && derived.topic == "error:event")
        #expect(recorded.payload.contains("\"third\""))
        #expect(String(decoding: derived.bytes, as: UTF8.self).contains("\"another\""))
        #expect(difference.cause?.topic == "analytics:features" && difference.cause?.isRoot == true)
        #expect((difference.cause?.sequence ?? 0) < difference.sequence)
        #expect(difference.description.contains("event \(difference.sequence) differs"))
    }

    @Test func `under another configuration says so`() throws {
        func answer(_ kernel: Kernel, with hash: String) {
            kernel.bus.on(FeatureSet.self, as: .orchestrator) { [unowned kernel] _ in
                kernel.bus.publish(
                    ConfigApplied(meta: EventMeta(source: .system), oldHash: nil, newHash: hash)
                )
            }
        }
        let writer = try JournalWriter(path: scratch.journal)
        let (first, second) = (Kernel(), Kernel())
        _ = EventJournal(writer: writer, kernel: first)
        answer(first, with: "one")
        first.ingest(Samples.features)
        first.settle()
        try writer.close()
        let comparator = ReplayComparator(try JournalReader(path: scratch.journal))
        second.bus.record { event, isRoot in try? comparator.compare(event, isRoot: isRoot) }
        answer(second, with: "two")
        second.ingest(Samples.features)
        let difference = try #require(try comparator.finish())
        #expect(difference.description.contains("another configuration"))
    }

    @Test func `that misses an event from outside shows it`() throws {
        try record(10)
        let difference = try #require(try replay(dropping: 1).difference)
        #expect(difference.sequence == 1)
    }

    @Test func `that ends early shows what it did not come to`() throws {
        try record(10)
        let last = try #require(
            try JournalReader(path: scratch.journal).rows(JournalQuery(rootsOnly: true)).last?.sequence
        )
        let difference = try #require(try replay(dropping: last).difference)
        #expect(difference.derived == nil && difference.recorded?.sequence == last)
        #expect(difference.description.contains("published nothing"))
    }

    @Test func `of a journal that a crash cut off goes beyond its end`() throws {
        try record(99)
        let reader = try JournalReader(path: scratch.journal)
        let head = try reader.head()
        try reader.close()
        let file = try DatabaseQueue(path: scratch.segment())
        try file.write { try $0.execute(sql: "DELETE FROM entries WHERE seq = ?", arguments: [Int64(head)]) }
        try file.close()
        let comparator = try replay()
        #expect(comparator.difference == nil && comparator.beyondCount == 1)
    }

    @Test func `is fed in order, from any number on`() throws {
        try record(50)
        let reader = try JournalReader(path: scratch.journal)
        var numbers: [UInt64] = []
        try reader.forEachRootEvent(after: 40) { numbers.append($0.meta.seq) }
        let expected = try reader.rows(JournalQuery(from: 41, rootsOnly: true)).map(\.sequence)
        #expect(numbers == expected && !numbers.isEmpty)
        #expect(try reader.firstWhole() == 1)
    }
}
