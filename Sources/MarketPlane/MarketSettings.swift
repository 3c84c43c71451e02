/// What the Market plane can be told from the configuration.
package struct MarketSettings: Hashable, Sendable {
    /// Of the public stream, without the category.
    package var publicURL = "wss://stream.bybit.com/v5/public"
    /// Of the REST interface, without a path.
    package var restURL = "https://api.bybit.com"
    /// Certificate authorities to trust in place of the system's: a PEM file.
    package var caFile: String?
    package var pingMilliseconds: Int64 = 20_000
    /// With nothing received for so long, a connection counts as dead.
    package var silenceMilliseconds: Int64 = 30_000
    /// With a ping unanswered for so long, too.
    package var pongMilliseconds: Int64 = 10_000
    /// With no data for so long, an instrument counts as stale.
    package var staleMilliseconds: Int64 = 5_000
    /// With the newest data made so long ago by the exchange's clock, too, however much comes in.
    package var staleExchangeMilliseconds: Int64 = 10_000
    package var connectMilliseconds: Int64 = 10_000
    /// More tries than this in a window, of all connections together, wait for the next window.
    package var connectCountMax = 20
    package var connectWindowMilliseconds: Int64 = 300_000
    /// An outage that lasts so long is told as critical, once.
    package var downAlertMilliseconds: Int64 = 60_000
    /// Topics of one connection; more go over further ones.
    package var connectionTopicsMax = 400
    /// Events of one connection that wait while the kernel has no room; further ones are dropped and mended.
    package var outboxEventsMax = 8_192
    /// How often each book is compared with the exchange's own snapshot.
    package var bookCheckMilliseconds: Int64 = 600_000
    /// Of one REST request.
    package var requestMilliseconds: Int64 = 10_000
    package var instrumentRefreshMilliseconds: Int64 = 3_600_000
    /// How often our clock is compared with the exchange's.
    package var clockMilliseconds: Int64 = 30_000
    package var backfill = BackfillSettings()
    package var reconnectFirstMilliseconds: Int64 = 500
    package var reconnectMaxMilliseconds: Int64 = 30_000
    /// The least wait between two attempts to repair one stream; it doubles up to the longest.
    package var repairFirstMilliseconds: Int64 = 2_000
    package var repairMaxMilliseconds: Int64 = 30_000
    /// Of the jitter in every wait.
    package var jitterSeed: UInt64 = 0

    package init() {}
}
