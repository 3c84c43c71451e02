import Contracts

/// What the Orchestrator connects, and how long it waits.
package struct OrchestratorSettings: Sendable {
    package var mode: TradingMode
    package var venue: String
    package var subscriptions: [MarketSubscription]
    /// SHA-256 of the configuration in force, in hexadecimal.
    package var configurationHash: String
    /// Without readiness after this long the state says what is missing, and again after each such while.
    package var readinessMilliseconds: Int64 = 10_000
    /// A recovery that failed is asked for again after this long, doubling up to the most.
    package var recoveryRetryMilliseconds: Int64 = 500
    package var recoveryRetryMillisecondsMax: Int64 = 30_000
    /// Between two requests that every part keep its state, while running or paused.
    package var snapshotMilliseconds: Int64 = 20_000
    /// A disconnect that takes longer than this is given up, and the stop goes on.
    package var disconnectMilliseconds: Int64 = 5_000

    package init(
        mode: TradingMode,
        venue: String,
        subscriptions: [MarketSubscription],
        configurationHash: String
    ) {
        self.mode = mode
        self.venue = venue
        self.subscriptions = subscriptions
        self.configurationHash = configurationHash
    }

    /// Every instrument of every subscription, in order.
    package var instruments: [Instrument] { subscriptions.flatMap(\.instruments).sorted() }
    /// The categories that need a connection, in order.
    package var categories: [Category] { Set(instruments.map(\.category)).sorted() }
}
