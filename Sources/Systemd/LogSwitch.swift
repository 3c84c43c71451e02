import Logging
import Synchronization

/// The operator's hand on the log: how much is said, whether it is written, and what was said last.
///
/// Off means that nothing below `critical` is written; the history keeps it all the same.
package final class LogSwitch: Sendable {
    /// How many lines `tail` can go back.
    package static let historyLineCountMax = 1_000

    private let rank: Atomic<Int>
    private let writes: Atomic<Bool>
    private let history = Mutex(History())

    /// A log at this level, switched on.
    package init(level: Logger.Level = .info) {
        rank = Atomic(level.rank)
        writes = Atomic(true)
    }

    /// The least level that is logged; takes effect with the next line.
    package var level: Logger.Level {
        get { Logger.Level.allCases[rank.load(ordering: .relaxed)] }
        set { rank.store(newValue.rank, ordering: .relaxed) }
    }

    /// Whether lines are written out; critical ones always are.
    package var isOn: Bool {
        get { writes.load(ordering: .relaxed) }
        set { writes.store(newValue, ordering: .relaxed) }
    }

    /// The last lines, oldest first, at most this many.
    package func tail(_ count: Int) -> [LogLine] {
        history.withLock { $0.tail(count) }
    }

    /// How many lines of this level were said since the start.
    package func count(of level: Logger.Level) -> Int {
        history.withLock { $0.counts[level.rank] }
    }

    /// How many lines were lost because the writer didn't keep up.
    package var droppedCount: Int { history.withLock { $0.droppedCount } }

    /// How many lines were folded into "repeated" lines.
    package var foldedCount: Int { history.withLock { $0.foldedCount } }

    /// Remembers the line and says whether it is to be written.
    func admit(_ line: LogLine) -> Bool {
        history.withLock { $0.add(line) }
        return isOn || line.level == .critical
    }

    func countDropped() { history.withLock { $0.droppedCount += 1 } }

    func countFolded() { history.withLock { $0.foldedCount += 1 } }
}

/// The last lines in a ring, and what there was of each level.
private struct History {
    var counts = [Int](repeating: 0, count: Logger.Level.allCases.count)
    var droppedCount = 0
    var foldedCount = 0
    private var ring: [LogLine] = []
    private var oldest = 0

    mutating func add(_ line: LogLine) {
        counts[line.level.rank] += 1
        if ring.count < LogSwitch.historyLineCountMax {
            ring.append(line)
        } else {
            ring[oldest] = line
            oldest = (oldest + 1) % ring.count
        }
    }

    func tail(_ count: Int) -> [LogLine] {
        let ordered = ring[oldest...] + ring[..<oldest]
        return Array(ordered.suffix(max(0, count)))
    }
}
