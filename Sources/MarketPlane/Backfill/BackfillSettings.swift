/// How far back missed data is fetched, and how long what streams may wait for it.
package struct BackfillSettings: Hashable, Sendable {
    /// Whether anything is fetched and held at all.
    package var isEnabled = true
    /// Closed candles at the start, of each interval that is subscribed to.
    package var startBarCount = 200
    /// Trades at the start: no more than the exchange gives, which is 1,000 and 60 for spot.
    package var startTradeCount = 1_000
    /// Funding settlements at the start.
    package var startFundingCount = 30
    /// Five-minute open interest at the start.
    package var startOpenInterestCount = 60
    /// Candles after a long outage.
    package var barCountMax = 1_000
    /// Trades, candles and the like are held no longer than this.
    package var holdMilliseconds: Int64 = 5_000
    /// And of one stream no more than this.
    package var holdCountMax = 4_096
    /// A quiet stream's trades are asked for without waiting for a first one.
    package var quietMilliseconds: Int64 = 1_000
    /// Between two questions where an answer was too old.
    package var againMilliseconds: Int64 = 200
    package var retryFirstMilliseconds: Int64 = 1_000
    package var retryMaxMilliseconds: Int64 = 60_000
    /// Questions on their way at once.
    package var questionCountMax = 8

    package init() {}
}
