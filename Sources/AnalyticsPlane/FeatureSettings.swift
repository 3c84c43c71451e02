/// Where bars come from.
package enum BarSource: Hashable, Sendable {
    /// Built here from public trades, `barSeconds` long.
    case trades
    /// The exchange's own confirmed candles of that many minutes.
    case klines(minutes: Int)
}

/// What the FeatureEngine computes and over how many bars.
package struct FeatureSettings: Hashable, Sendable {
    package var source: BarSource
    /// The length of a bar built from trades.
    package var barSeconds: Int
    package var emaFastBars: Int
    package var emaSlowBars: Int
    package var atrBars: Int
    package var volatilityBars: Int
    /// How many levels a side count towards the imbalance.
    package var imbalanceLevels: Int
    /// How long a bar whose end has passed at the exchange waits for trades that are still on their way.
    package var overdueMilliseconds: Int64

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

    /// The length of a bar, whatever its source.
    package var barLengthSeconds: Int {
        switch source {
        case .trades: barSeconds
        case .klines(let minutes): minutes * 60
        }
    }
}
