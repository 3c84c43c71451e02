import Contracts
import Performance

/// All that is told about one backtest run: what went in, what came out, and how good it was.
///
/// - Shape: `Codable`, so that a run may be kept and shown later; the page follows from it alone.
/// - Units: money in ``currency``, the asset the account is kept in; times in Unix milliseconds, ascending in curves.
package struct RunReport: Codable, Hashable, Sendable {
    package var title: String
    package var engineVersion: String
    /// The SHA-256 of all that the run was made from: configuration, data and seed.
    package var inputDigest: String
    package var seed: UInt64
    package var currency: String
    package var startingEquity: Money
    /// At the end of the data, open positions at their mark.
    package var finalEquity: Money
    package var performance: PerformanceReport

    package var data: [DataFile] = []
    /// In the order in which they are shown.
    package var settings: [Setting] = []
    package var eventCounts: [EventCount] = []
    package var digests: [NamedDigest] = []

    /// The account's worth over time; of any length.
    package var equity: [EquityPoint] = []
    package var exposure: [ExposurePoint] = []
    package var trades: [RoundTrip] = []
    package var profit = ProfitParts()
    package var regimes: [RegimeShare] = []
    package var rejections: [RejectionCount] = []
    package var strategies: [StrategyResult] = []
    package var notices: [RunNotice] = []

    package init(
        title: String,
        engineVersion: String,
        inputDigest: String,
        seed: UInt64,
        currency: String,
        startingEquity: Money,
        finalEquity: Money,
        performance: PerformanceReport
    ) {
        self.title = title
        self.engineVersion = engineVersion
        self.inputDigest = inputDigest
        self.seed = seed
        self.currency = currency
        self.startingEquity = startingEquity
        self.finalEquity = finalEquity
        self.performance = performance
    }
}
