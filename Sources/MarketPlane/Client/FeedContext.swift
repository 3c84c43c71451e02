import Contracts
import EventKernel
import Logging
import WebSocketTransport

/// What all connections of a feed share.
package struct FeedContext: Sendable {
    package let settings: MarketSettings
    package let configuration: WebSocketConfiguration
    package let clock: any HostClock
    package let logger: Logger
    /// How often all of them together may try to connect.
    package let budget: ConnectBudget
    package let tap: FrameTap?
    /// Told of each instrument whose trades have a hole, once a second at most, so that they are fetched.
    package let missed: (@Sendable (Instrument, MarketStream) -> Void)?
    /// Takes an event for the kernel and says whether there was room.
    package let post: @Sendable (AnyEvent) -> Bool

    package init(
        settings: MarketSettings,
        configuration: WebSocketConfiguration,
        clock: any HostClock,
        logger: Logger,
        budget: ConnectBudget? = nil,
        tap: FrameTap? = nil,
        missed: (@Sendable (Instrument, MarketStream) -> Void)? = nil,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        self.settings = settings
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.budget =
            budget
            ?? ConnectBudget(
                connectCountMax: settings.connectCountMax,
                windowMilliseconds: settings.connectWindowMilliseconds
            )
        self.tap = tap
        self.missed = missed
        self.post = post
    }
}
