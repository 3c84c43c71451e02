import Contracts
import EventKernel
import ExecutionPlane
import HistoricalData

/// How far a run is.
package struct BacktestProgress: Sendable {
    /// From 0 to 1.
    package let share: Double
    package let eventCount: Int
    /// The market's time.
    package let time: UnixMilliseconds
}

/// One backtest: the planes of live on a kernel of their own, told a piece of history.
///
/// A value; each ``run(progress:)`` makes its kernel, uses it on the calling thread and drops it. The same settings,
/// data and seed always give the same result.
package struct BacktestRun: Sendable {
    /// Root events between two looks at the progress.
    private static let sliceCount = 65_536

    package let settings: BacktestSettings
    package let data: DataSet
    package let seed: UInt64
    /// Adds modules of a test's own after the planes.
    package var addModules: (@Sendable (Kernel, DataSet) -> Void)?
    var logsDecisions = false

    package init(settings: BacktestSettings, data: DataSet, seed: UInt64 = 0) {
        self.settings = settings
        self.data = data
        self.seed = seed
    }

    /// Runs to the end of the data.
    package func run(progress: ((BacktestProgress) -> Void)? = nil) throws(BacktestError) -> BacktestResult {
        try runLogged(progress: progress).result
    }

    /// The same, with the log of decisions where it is kept.
    func runLogged(
        capturing index: Int? = nil,
        progress: ((BacktestProgress) -> Void)? = nil
    ) throws(BacktestError) -> (result: BacktestResult, log: DecisionLog?, captured: String?) {
        let (wall, cpu) = (ProcessClock.wallSeconds, ProcessClock.threadSeconds)
        let fit = try BacktestFit(settings, to: data.sample.streams)
        let feed = try opened()
        guard let start = feed.nextTime else {
            throw .data(.nothingInRange(from: data.from, to: data.to))
        }
        let kernel = Kernel()
        let capture = index.map { DecisionCapture(index: $0, bus: kernel.bus) }
        _ = BacktestPlanes(fit.settings, kernel: kernel)
        addModules?(kernel, data)
        let digests = RunDigests(
            includesAll: fit.settings.digestsAllEvents,
            log: logsDecisions ? DecisionLog() : nil,
            bus: kernel.bus
        )
        let ledger = BacktestLedger(
            fit.settings,
            hasCandles: !data.sample.streams.candleMinutes.isEmpty,
            kernel: kernel
        )
        let specs = BacktestSpecs(fit.settings, data).specs(at: start)
        let tradesFrom = max(fit.settings.tradesFrom ?? start, start)
        BacktestPlanes.open(specs, at: start, tradesFrom > start ? .starting : .running, kernel: kernel)
        if tradesFrom > start {
            try tell(feed, before: tradesFrom, to: kernel, progress)
            BacktestPlanes.say(.running, at: tradesFrom, kernel: kernel)
        }
        try tell(feed, to: kernel, progress)
        // Data that ends at a time of somebody's choosing is told until then: what was due before it happens.
        if let end = data.to, end > kernel.now {
            kernel.ingest(ClockEvent(meta: EventMeta(source: .system, ts: end)))
        }
        var result = BacktestResult()
        result.seed = seed
        (result.first, result.last) = (start, kernel.now)
        result.instruments = data.instruments
        result.notes = fit.notes + feed.troubles
        result.coin = fit.settings.portfolio.coin
        result.startingEquity = fit.settings.portfolio.startingEquity
        ledger.finish(at: kernel.now)
        do throws(NumberError) {
            try result.take(ledger)
        } catch {
            throw .figures(error)
        }
        result.note(digests, feed, ledger.counts, kernel.bus.sequence)
        result.timing.wallSeconds = ProcessClock.wallSeconds - wall
        result.timing.cpuSeconds = ProcessClock.threadSeconds - cpu
        return (result, digests.log, capture?.text)
    }

    private func opened() throws(BacktestError) -> MarketFeed {
        do throws(DataError) { return try data.feed() } catch { throw .data(error) }
    }

    private func tell(
        _ feed: MarketFeed,
        before end: UnixMilliseconds = .max,
        to kernel: Kernel,
        _ progress: ((BacktestProgress) -> Void)?
    ) throws(BacktestError) {
        do throws(DataError) {
            while try feed.tell(countMax: Self.sliceCount, before: end, to: kernel) {
                progress?(
                    BacktestProgress(share: feed.progress, eventCount: feed.eventCount, time: kernel.now)
                )
            }
        } catch {
            throw .data(error)
        }
    }
}

extension BacktestResult {
    fileprivate mutating func note(
        _ digests: RunDigests,
        _ feed: MarketFeed,
        _ derived: [Topic: Int],
        _ sequence: UInt64
    ) {
        decisionDigest = digests.decisions.text
        decisionCount = digests.decisions.count
        eventDigest = digests.events?.text
        rootCount = feed.eventCount
        eventCount = sequence
        let counts = feed.counts.merging(derived) { $0 + $1 }
        topics = Topic.allCases.compactMap { topic in
            counts[topic].flatMap { $0 > 0 ? TopicCount(topic: topic, count: $0) : nil }
        }
    }
}
