import Contracts
import HistoricalData

/// What one run came to.
///
/// - Units: money in the account's coin; times in Unix milliseconds. But for ``timing`` two runs of one input agree
///   in every field.
package struct BacktestResult: Codable, Hashable, Sendable {
    /// How long the run took.
    package struct Timing: Codable, Hashable, Sendable {
        package var wallSeconds = 0.0
        /// Of the run's own thread.
        package var cpuSeconds = 0.0

        package init() {}
    }

    package struct StrategyLine: Codable, Hashable, Sendable {
        package let strategy: StrategyID
        package let intents: Int
        package let rejected: Int
    }

    package struct Regime: Codable, Hashable, Sendable {
        package let name: String
        /// Of the run's time, 0 to 1.
        package let timeShare: Double
    }

    package struct Rejection: Codable, Hashable, Sendable {
        package let check: RiskCheck
        package let count: Int
    }

    package struct TopicCount: Codable, Hashable, Sendable {
        package let topic: Topic
        package let count: Int
    }

    package var seed: UInt64 = 0
    package var first: UnixMilliseconds = 0
    package var last: UnixMilliseconds = 0
    package var instruments: [Instrument] = []
    /// What of the settings gave way to the data.
    package var notes: [String] = []

    package var decisionDigest = ""
    package var decisionCount = 0
    /// Nil where it was not taken.
    package var eventDigest: String?
    package var rootCount = 0
    package var eventCount: UInt64 = 0
    package var topics: [TopicCount] = []

    package var coin = ""
    package var startingEquity = Money.zero
    /// Open positions at the newest closes.
    package var finalEquity = 0.0
    /// The books' own last word; nil where nothing was ever held.
    package var account: AccountUpdate?
    package var profit = ProfitSplit()
    package var curve: [CurvePoint] = []
    package var drawdownMax = 0.0
    /// The mean of gross exposure over equity, and the share of points at which anything was held.
    package var exposureMean = 0.0
    package var exposureShare = 0.0

    package var orderCount = 0
    package var fillCount = 0
    package var fills: [BacktestFill] = []
    package var tripCount = 0
    package var wonCount = 0
    package var trips: [BacktestTrip] = []
    package var openPositions: [OpenPosition] = []
    package var strategies: [StrategyLine] = []
    package var regimes: [Regime] = []
    package var rejections: [Rejection] = []
    /// The first ones.
    package var errors: [ErrorEvent] = []
    package var errorCount = 0
    package var timing = Timing()

    package init() {}

    package struct OpenPosition: Codable, Hashable, Sendable {
        package let instrument: Instrument
        /// Signed.
        package let quantity: Quantity
    }
}

extension BacktestResult {
    /// Events a second of the thread's own time.
    package var eventsPerSecond: Double {
        timing.cpuSeconds > 0 ? Double(rootCount) / timing.cpuSeconds : 0
    }
}
