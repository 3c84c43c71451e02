import Contracts

/// What the Orchestrator connects, and how long it waits.
package struct OrchestratorSettings: Sendable {
    package var mode: TradingMode
    package var venue: String
    package var category: Category
    package var instruments: [Instrument]
    package var streams: [MarketStream]
    /// SHA-256 of the configuration in force, in hexadecimal.
    package var configurationHash: String
    /// Without readiness after this long the state says what is missing, and again after each such while.
    package var readinessMilliseconds: Int64 = 10_000
    /// A recovery that failed is asked for again after this long, doubling up to the most.
    package var recoveryRetryMilliseconds: Int64 = 500
    package var recoveryRetryMillisecondsMax: Int64 = 30_000
    /// A disconnect that takes longer than this is given up, and the stop goes on.
    package var disconnectMilliseconds: Int64 = 5_000

    package init(
        mode: TradingMode,
        venue: String,
        category: Category,
        instruments: [Instrument],
        streams: [MarketStream],
        configurationHash: String
    ) {
        self.mode = mode
        self.venue = venue
        self.category = category
        self.instruments = instruments
        self.streams = streams
        self.configurationHash = configurationHash
    }
}
