import BybitProtocol
import Contracts
import EventKernel
import Logging
import NIOCore
import WebSocketTransport

/// One connection to a public stream of the exchange: heartbeat, watchdog, reconnect, repair.
///
/// - Shape: topics in; market events, `market:connected`, `market:disconnected` and `market:error` out.
/// - Errors: none thrown; what goes wrong is told by events and mended here.
/// - Source: `docs/exchange/bybit-v5.md`, sections 2, 3 and 6.
package final class BybitPublicWsClient: Sendable {
    private let stream: NIOLoopBoundBox<PublicStream>

    /// Makes a client that is not connected, one of the many that share `context`.
    package init(_ identity: ConnectionIdentity, context: FeedContext, eventLoop: any EventLoop) {
        stream = NIOLoopBoundBox.makeBoxSendingValue(
            PublicStream(identity: identity, context: context, eventLoop: eventLoop),
            eventLoop: eventLoop
        )
    }

    /// Makes a client that stands alone; `post` takes its events and says whether there was room.
    package convenience init(
        category: Category,
        settings: MarketSettings,
        configuration: WebSocketConfiguration,
        eventLoop: any EventLoop,
        clock: any HostClock,
        logger: Logger,
        tap: FrameTap? = nil,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        let context = FeedContext(
            settings: settings,
            configuration: configuration,
            clock: clock,
            logger: logger,
            tap: tap,
            post: post
        )
        self.init(ConnectionIdentity(category), context: context, eventLoop: eventLoop)
    }

    /// Connects, and connects again whenever the connection is lost.
    package func connect() {
        let stream = stream
        stream.eventLoop.execute { stream.value.connect() }
    }

    /// Takes topics into the set that every connection is subscribed to.
    package func subscribe(_ topics: [StreamTopic]) {
        let stream = stream
        stream.eventLoop.execute { stream.value.subscribe(topics) }
    }

    /// Ends the connection and stays closed; returns once it is cleaned up, however often asked.
    package func disconnect(why: String) async {
        let stream = stream
        try? await stream.eventLoop.flatSubmit { stream.value.disconnect(why: why) }.get()
    }

    /// The same without waiting.
    package func beginDisconnect(why: String) {
        let stream = stream
        stream.eventLoop.execute { _ = stream.value.disconnect(why: why) }
    }

    /// The books whose comparison with the exchange's snapshot is due.
    package func booksDue() async -> [Instrument] {
        let stream = stream
        return (try? await stream.eventLoop.submit { stream.value.booksDue() }.get()) ?? []
    }

    /// Compares a book with the exchange's snapshot of it; one that differs is asked for anew.
    package func check(_ snapshot: OrderBookDelta) {
        let stream = stream
        stream.eventLoop.execute { stream.value.check(snapshot) }
    }

    /// What the client has done so far.
    package func figures() async -> FeedFigures {
        let stream = stream
        return (try? await stream.eventLoop.submit { stream.value.currentFigures }.get()) ?? FeedFigures()
    }
}
