import FoundationEssentials
import Glibc
import TradingSystem

/// The peers' EMA cross through all planes, on one thread and on all; and how long a decision takes after its frame.
///
/// Bars are read once and kept, ticks are read as they are told. `peak_rss_mb` is the most memory the process has had
/// up to then.
enum BacktestBench {
    private static let repeats = 3
    private static let latencyBars = 20_000

    static func run(_ report: Report, series: String?) async throws {
        try latency(report)
        guard let series else {
            Report.note(
                "2-backtest has no series: --series FOLDER names that of the peers, with bars.npy and ticks.npy"
            )
            return
        }
        let (bars, ticks) = (series + "/bars.npy", series + "/ticks.npy")
        try single(report, "ticks_5M") { try PeerBench.ticks(ticks) }
        try single(report, "bars_1M") { try PeerBench.bars(bars) }
        let workers = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        try await parallel(report, "ticks_5M") { try await PeerBench.ticks(ticks, workers: workers) }
        try await parallel(report, "bars_1M") { try await PeerBench.bars(bars, workers: workers) }
    }

    /// The median of some runs, by the thread's CPU clock.
    private static func single(
        _ report: Report,
        _ name: String,
        _ run: () throws -> PeerBench.Outcome
    ) rethrows {
        var outcomes: [PeerBench.Outcome] = []
        for _ in 0..<repeats { outcomes.append(try run()) }
        outcomes.sort { $0.cpuSeconds < $1.cpuSeconds }
        let middle = outcomes[outcomes.count / 2]
        report.add(
            .backtest,
            name,
            Double(middle.events) / middle.cpuSeconds,
            "events/s",
            more: [
                ("wall_events_s", Double(middle.events) / middle.wallSeconds),
                ("orders", Double(middle.orders)),
                ("peak_rss_mb", Double(PeerBench.peakBytes) / 1_048_576),
            ]
        )
    }

    /// All cores at once, the median of some runs, by the wall clock.
    private static func parallel(
        _ report: Report,
        _ name: String,
        _ run: () async throws -> PeerBench.Parallel
    ) async rethrows {
        var runs: [PeerBench.Parallel] = []
        for _ in 0..<repeats { runs.append(try await run()) }
        runs.sort { $0.wallSeconds < $1.wallSeconds }
        let run = runs[runs.count / 2]
        let events = run.outcomes.reduce(0) { $0 + $1.events }
        report.add(
            .backtest,
            "\(name)_all_cores",
            Double(events) / run.wallSeconds,
            "events/s",
            more: [
                ("workers", Double(run.outcomes.count)),
                ("orders", Double(run.outcomes.first?.orders ?? 0)),
                ("peak_rss_mb", Double(PeerBench.peakBytes) / 1_048_576),
            ]
        )
    }

    private static func latency(_ report: Report) throws {
        let outcome = try IntentLatency.measure(bars: latencyBars)
        let times = outcome.nanoseconds.map { Double($0) / 1_000 }
        let more = [("intents", Double(times.count)), ("frames", Double(outcome.frameCount))]
        for (label, fraction) in [("p50", 0.5), ("p99", 0.99)] {
            report.add(
                .backtest,
                "frame_to_approved_intent_\(label)",
                Stopwatch.quantile(fraction, of: times),
                "us",
                more: more
            )
        }
    }
}
