import Contracts
import EventKernel
import StoragePlane

/// Runs the planes again on what came in from outside, and compares all that follows from it with the journal.
///
/// Each run of the daemon begins with a `state:clock` from outside that makes the Orchestrator say STARTING; there the
/// planes are made anew, as they were then.
package final class ReplayRun {
    package struct Outcome: Sendable {
        /// Runs of the daemon that were replayed.
        package var runCount = 0
        /// Events that came in from outside.
        package var rootCount = 0
        /// Events that were compared and found equal, those from outside included.
        package var equalCount = 0
        /// Events of the re-run after the journal's last row: a crash has kept them from the disk.
        package var beyondCount = 0
        package var difference: ReplayDifference?
        package var digest = ""
    }

    private let configuration: Configuration
    private let reader: JournalReader
    private let isComparing: Bool
    private let extend: (Kernel) -> Void
    private var failure: JournalError?
    private var digest = DecisionDigest()
    private var outcome = Outcome()

    /// Replays the journal behind `reader`; without `isComparing` the planes only run.
    ///
    /// `extend` adds what the wiring that made the journal had besides the planes.
    package init(
        _ configuration: Configuration,
        reader: JournalReader,
        isComparing: Bool = true,
        extend: @escaping (Kernel) -> Void = { _ in }
    ) throws(JournalError) {
        self.configuration = configuration.namingOrders(after: try reader.identity())
        self.reader = reader
        self.isComparing = isComparing
        self.extend = extend
    }

    /// Replays every run of the daemon that begins at or after `first`, up to the first difference.
    ///
    /// `progress` is told of each event from outside.
    package func run(
        from first: UInt64 = 1,
        through last: UInt64 = .max,
        progress: () -> Void = {}
    ) throws -> Outcome {
        // A daemon may be writing on: what it adds meanwhile is not compared.
        let last = min(last, try reader.head())
        let starts = try runStarts(from: max(first, try reader.firstWhole()), through: last)
        for (index, start) in starts.enumerated() where outcome.difference == nil {
            let end = index + 1 < starts.count ? starts[index + 1] - 1 : last
            try replay(from: start, through: end, progress)
        }
        outcome.digest = digest.text
        return outcome
    }

    /// The number of the first event of each run.
    private func runStarts(from first: UInt64, through last: UInt64) throws -> [UInt64] {
        let mark = "\"lifecycle\":\"\(ControlState.Lifecycle.starting.rawValue)\""
        var starts: [UInt64] = []
        var cursor = JournalCursor(
            reader,
            JournalQuery(from: first + 1, through: last, topics: [Topic.controlState.rawValue])
        )
        while let row = try cursor.next() {
            // It answers the clock event that has begun the run.
            if row.payload.contains(mark) { starts.append(row.sequence - 1) }
        }
        return starts
    }

    private func replay(from start: UInt64, through end: UInt64, _ progress: () -> Void) throws {
        let world = ReplayWorld(configuration, extend: extend)
        let comparator = ReplayComparator(reader, from: start, through: end)
        world.kernel.bus.resume(after: start - 1)
        world.kernel.bus.record { [unowned self] event, isRoot in
            digest.note(event)
            guard isComparing else { return }
            do throws(JournalError) {
                try comparator.compare(event, isRoot: isRoot)
            } catch {
                failure = failure ?? error
            }
        }
        let decoder = EventDecoder()
        var cursor = JournalCursor(reader, JournalQuery(from: start, through: end, rootsOnly: true))
        while comparator.difference == nil, let row = try cursor.next() {
            outcome.rootCount += 1
            world.kernel.ingest(try decoder.event(of: row))
            if let failure { throw failure }
            progress()
        }
        outcome.runCount += 1
        guard isComparing else { return }
        outcome.difference = try comparator.finish()
        outcome.equalCount += comparator.equalCount
        outcome.beyondCount += comparator.beyondCount
    }
}
