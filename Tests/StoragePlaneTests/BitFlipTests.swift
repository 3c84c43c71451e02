import Contracts
import EventKernel
import FoundationEssentials
import StoragePlane
import TestKit
import Testing

/// One flipped bit at a thousand random places of a small journal's files.
///
/// Each must be found (by the opening, or by the check) or proven harmless: then all that can be read of the
/// journal is what it was before.
@Suite struct `A flipped bit` {
    /// Everything that a reader can learn of a journal.
    private struct Content: Equatable {
        let rows: [JournalRow]
        let identity: String?
        let head: JournalHead?
        let states: RecoveryPoint
        let counts: [String]
    }

    private enum Outcome: String, CaseIterable {
        case refused = "refused when opened"
        case pages = "found in the pages"
        case chain = "found in the chain"
        case links = "found in the list of segments"
        case harmless = "harmless"
        case missed = "MISSED"
    }

    private static func content(_ path: String) throws -> Content {
        let reader = try JournalReader(path: path)
        return Content(
            rows: try reader.rows(in: 0...UInt64.max, limit: 100_000),
            identity: try reader.identity(),
            head: try reader.chainHead(),
            states: try reader.newestSnapshots(),
            counts: try reader.countsByTopic().map { "\($0.topic) \($0.count)" }
        )
    }

    private static func outcome(_ path: String, _ whole: Content) -> Outcome {
        do {
            let check = try JournalReader(path: path).check()
            if !check.damage.isEmpty { return .pages }
            if !check.breaks.isEmpty || check.backwardCount > 0 { return .chain }
            if !check.gaps.isEmpty || !check.isWhole { return .links }
            return try content(path) == whole ? .harmless : .missed
        } catch {
            return .refused
        }
    }

    /// Flips bits of the files in `source` one at a time, in a copy of them.
    private static func flip(_ count: Int, in source: String, seed: UInt64) throws -> [Outcome: Int] {
        let scratch = try Scratch()
        let whole = try content(source)
        let files = try FileManager.default.contentsOfDirectory(atPath: source).filter {
            !$0.hasSuffix("-shm")
        }
        .sorted()
        let bytes = try files.map { try Data(contentsOf: URL(filePath: source + "/" + $0)) }
        let total = bytes.reduce(0) { $0 + $1.count }
        var random = SeededGenerator(seed: seed)
        var outcomes: [Outcome: Int] = [:]
        for number in 0..<count {
            var place = Int(random.next() % UInt64(total))
            let bit = UInt8(1) << UInt8(random.next() % 8)
            let target = scratch.folder + "/\(number)"
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            var what = ""
            for (name, data) in zip(files, bytes) {
                var data = data
                if place >= 0, place < data.count {
                    data[place] ^= bit
                    what = "bit \(bit) of byte \(place) of \(name)"
                }
                place -= data.count
                try data.write(to: URL(filePath: target + "/" + name))
            }
            let outcome = outcome(target, whole)
            outcomes[outcome, default: 0] += 1
            if outcome == .missed { Issue.record("missed: \(what)") }
            try FileManager.default.removeItem(atPath: target)
        }
        return outcomes
    }

    private static func report(_ title: String, _ outcomes: [Outcome: Int]) {
        let parts = Outcome.allCases.compactMap { kind in outcomes[kind].map { "\($0) \(kind.rawValue)" } }
        print("\(title): \(parts.joined(separator: ", "))")
    }

    /// Two days with snapshots; the first one compressed.
    private static func journal(_ scratch: Scratch) throws -> [[JournalEntry]] {
        let first = mixed(150)
        let states = numbered(
            StatefulPart.allCases.map { part in
                StateSnapshot(
                    meta: EventMeta(
                        source: .system,
                        ts: dayStart + dayMilliseconds,
                        correlationID: .snapshot(150)
                    ),
                    part: part,
                    version: 1,
                    body: "{}"
                ).erased
            },
            after: 150
        )
        return [first, states, mixed(150, after: 158, at: dayStart + dayMilliseconds)]
    }

    @Test func `in a journal at rest is found or harmless`() throws {
        let scratch = try Scratch()
        var settings = JournalSettings()
        settings.compressAfterDays = 0
        settings.pageBytes = 4_096
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        for batch in try Self.journal(scratch) { writer.append(batch) }
        try writer.flush()
        writer.finishHousekeeping()
        try writer.close()
        #expect(try scratch.segmentFiles.first?.hasSuffix(".gz") == true)
        let outcomes = try Self.flip(600, in: scratch.journal, seed: 1)
        Self.report("600 flips at rest", outcomes)
        #expect(outcomes[.missed] == nil)
    }

    @Test func `in what a kill has left is found or harmless`() throws {
        let scratch = try Scratch()
        var settings = JournalSettings()
        settings.pageBytes = 4_096
        settings.compressAfterDays = 1_000
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        for batch in try Self.journal(scratch) {
            writer.append(batch)
            try writer.flush()
        }
        writer.finishHousekeeping()
        let outcomes = try Self.flip(400, in: scratch.journal, seed: 2)
        try writer.close()
        Self.report("400 flips after a kill", outcomes)
        #expect(outcomes[.missed] == nil)
    }
}
