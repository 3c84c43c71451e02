import Contracts

/// Where bars come from.
package enum BarSource: Hashable, Codable, Sendable {
    /// Built here from public trades, `barSeconds` long.
    case trades
    /// The exchange's own confirmed candles of that many minutes.
    case klines(minutes: Int)
}

/// What the fast and the slow average start from.
package enum EMASeed: String, Hashable, Codable, Sendable, CaseIterable {
    /// The plain mean of as many closes as they are long.
    case mean
    /// The first close.
    case firstClose = "first_close"
}

/// What the FeatureEngine computes and over how many bars.
///
/// - Units: lengths in bars; widths in standard deviations (Bollinger) or average true ranges (Keltner, SuperTrend).
package struct FeatureSettings: Hashable, Codable, Sendable {
    package var source: BarSource
    /// The length of a bar built from trades.
    package var barSeconds: Int
    /// Longer bars, in seconds: joined from the others, each with its own indicators and its own features.
    package var timeframes: [Int] = []
    /// How long a bar whose end has passed at the exchange waits for trades that are still on their way.
    package var overdueMilliseconds: Int64

    package var emaFastBars: Int
    package var emaSlowBars: Int
    package var emaSeed = EMASeed.mean
    package var smaBars = 20
    package var wmaBars = 14
    package var macdFastBars = 12
    package var macdSlowBars = 26
    package var macdSignalBars = 9

    package var rsiBars = 14
    package var stochasticBars = 14
    package var stochasticSlowingBars = 3
    package var stochasticSignalBars = 3
    package var cciBars = 20
    package var mfiBars = 14
    package var rocBars = 10

    package var atrBars: Int
    package var adxBars = 14
    package var superTrendBars = 10
    package var superTrendWidth = 3.0

    package var bollingerBars = 20
    package var bollingerWidth = 2.0
    package var donchianBars = 20
    package var keltnerBars = 20
    package var keltnerATRBars = 10
    package var keltnerWidth = 2.0

    package var volatilityBars: Int
    package var vwapBars = 50

    /// How many levels a side count towards the imbalance.
    package var imbalanceLevels: Int
    /// How many levels a side count towards the book's slope.
    package var slopeLevels = 10

    private var featureBits = FeatureMask.all.bits

    package init(
        source: BarSource = .trades,
        barSeconds: Int = 60,
        emaFastBars: Int = 12,
        emaSlowBars: Int = 26,
        atrBars: Int = 14,
        volatilityBars: Int = 24,
        imbalanceLevels: Int = 5,
        overdueMilliseconds: Int64 = 250
    ) {
        self.source = source
        self.barSeconds = barSeconds
        self.emaFastBars = emaFastBars
        self.emaSlowBars = emaSlowBars
        self.atrBars = atrBars
        self.volatilityBars = volatilityBars
        self.imbalanceLevels = imbalanceLevels
        self.overdueMilliseconds = overdueMilliseconds
    }

    /// What is computed; the rest is never known.
    package var features: FeatureMask {
        get { FeatureMask(bits: featureBits) }
        set { featureBits = newValue.bits & FeatureMask.all.bits }
    }

    /// The length of a base bar, whatever its source.
    package var barLengthSeconds: Int {
        switch source {
        case .trades: barSeconds
        case .klines(let minutes): minutes * 60
        }
    }

    /// The timeframes that are joined from base bars, shortest first, each once.
    package var higherTimeframes: [Int] { Set(timeframes).subtracting([barLengthSeconds]).sorted() }

    /// What is wrong with the settings, as a sentence; nil where nothing is.
    package var fault: String? {
        let base = barLengthSeconds
        if base <= 0 { return "a bar of \(base) s has no length" }
        if overdueMilliseconds <= 0 { return "an overdue bar waits \(overdueMilliseconds) ms: at least 1" }
        if let length = lengths.first(where: { $0 <= 0 }) { return "a length of \(length) bars: at least 1" }
        if let width = [bollingerWidth, keltnerWidth, superTrendWidth].first(where: { !($0 > 0) }) {
            return "a band \(width) wide: it must be above 0"
        }
        for seconds in higherTimeframes where seconds <= base || seconds % base != 0 || 86_400 % seconds != 0
        {
            return "a timeframe of \(seconds) s: a multiple of the bar's \(base) s that divides a day"
        }
        return nil
    }

    private var lengths: [Int] {
        [
            emaFastBars, emaSlowBars, smaBars, wmaBars, macdFastBars, macdSlowBars, macdSignalBars, rsiBars,
            stochasticBars, stochasticSlowingBars, stochasticSignalBars, cciBars, mfiBars, rocBars, atrBars,
            adxBars, superTrendBars, bollingerBars, donchianBars, keltnerBars, keltnerATRBars,
            volatilityBars, vwapBars, imbalanceLevels, slopeLevels,
        ]
    }
}
