import Contracts
import EventKernel
import HistoricalData

/// Whether a run decides anything by what it could not know yet: the same run on data that ends earlier must decide
/// the same until then.
package struct LookAheadCheck: Sendable {
    /// What one cut showed.
    package struct Cut: Codable, Hashable, Sendable {
        package let time: UnixMilliseconds
        /// Decisions before the cut.
        package let decisionCount: Int
        /// Nil where both runs decided the same.
        package let difference: Difference?
    }

    /// The first decision that was another one.
    package struct Difference: Codable, Hashable, Sendable {
        /// Its place among the decisions, from 1 on.
        package let number: Int
        package let time: UnixMilliseconds
        /// As the journal writes it; nil where the run had decided all it did.
        package let withAll: String?
        package let withLess: String?
    }

    private let run: BacktestRun

    package init(_ run: BacktestRun) {
        var run = run
        run.logsDecisions = true
        self.run = run
    }

    /// Runs on all of the data, then on `count` shorter pieces of it that the run's seed chooses.
    package func check(
        cuts count: Int,
        workers: Int,
        progress: ((BacktestProgress) -> Void)? = nil
    ) async throws -> (result: BacktestResult, cuts: [Cut]) {
        let (result, log, _) = try run.runLogged(progress: progress)
        guard let log else { return (result, []) }
        let times = Self.times(count, between: result.first, and: result.last, seed: run.seed)
        let cuts = try await BacktestBatch(workers: workers).map(times) { time in
            try self.cut(at: time, log)
        }
        return (result, cuts)
    }

    private func cut(at time: UnixMilliseconds, _ whole: DecisionLog) throws(BacktestError) -> Cut {
        var short = BacktestRun(settings: run.settings, data: run.data.ending(at: time), seed: run.seed)
        short.addModules = run.addModules
        short.logsDecisions = true
        guard let log = try short.runLogged().log else {
            return Cut(time: time, decisionCount: 0, difference: nil)
        }
        let before = whole.entries.partitioned(before: time)
        let shared = zip(whole.entries, log.entries).prefix { $0 == $1 }.count
        // At the cut itself the shorter run knows less, but nothing else.
        let isSame = shared == log.entries.count && shared >= before
        guard !isSame else { return Cut(time: time, decisionCount: before, difference: nil) }
        let difference = Difference(
            number: shared + 1,
            time: log.entries.dropFirst(shared).first?.time ?? whole.entries[shared].time,
            withAll: try run.runLogged(capturing: shared).captured,
            withLess: try short.runLogged(capturing: shared).captured
        )
        return Cut(time: time, decisionCount: before, difference: difference)
    }

    /// Whole minutes, so that candles end there, in order; all there are where there are no more than `count`.
    static func times(
        _ count: Int,
        between first: UnixMilliseconds,
        and last: UnixMilliseconds,
        seed: UInt64
    ) -> [UnixMilliseconds] {
        let earliest = first / 60_000 + 1
        let minuteCount = (last - 1) / 60_000 - earliest + 1
        guard minuteCount > count else { return (0..<max(0, minuteCount)).map { (earliest + $0) * 60_000 } }
        var generator = SeededGenerator(seed: seed)
        var minutes: Set<Int64> = []
        while minutes.count < count {
            minutes.insert(earliest + Int64(generator.next(upperBound: UInt64(minuteCount))))
        }
        return minutes.sorted().map { $0 * 60_000 }
    }
}

extension ContiguousArray<DecisionLog.Entry> {
    /// How many stand before `time`.
    fileprivate func partitioned(before time: UnixMilliseconds) -> Int {
        firstIndex { $0.time >= time } ?? count
    }
}
