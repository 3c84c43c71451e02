import BybitProtocol
import Contracts
import EventKernel
import Logging
import NIOCore
import Synchronization
import WebSocketTransport

/// The live feed: one ``BybitPublicWsClient`` for each category that is asked for.
package final class BybitMarketFeed: MarketFeed {
    private let make: @Sendable (Category) -> BybitPublicWsClient
    private let clients = Mutex<[Category: BybitPublicWsClient]>([:])

    package init(
        settings: MarketSettings,
        configuration: WebSocketConfiguration,
        eventLoopGroup: any EventLoopGroup,
        clock: any HostClock,
        logger: Logger,
        tap: FrameTap? = nil,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        make = { category in
            BybitPublicWsClient(
                category: category,
                settings: settings,
                configuration: configuration,
                eventLoop: eventLoopGroup.next(),
                clock: clock,
                logger: logger,
                tap: tap,
                post: post
            )
        }
    }

    package func connect(_ category: Category) { client(of: category).connect() }

    package func subscribe(_ instruments: [Instrument], to streams: [MarketStream]) {
        let groups = Dictionary(grouping: instruments, by: \.category)
        for (category, members) in groups.sorted(by: { $0.key < $1.key }) {
            let topics = members.flatMap { instrument in
                streams.map { StreamTopic(stream: $0, symbol: instrument.symbol) }
            }
            client(of: category).subscribe(topics)
        }
    }

    package func disconnect(why: String) {
        for client in all() { client.beginDisconnect(why: why) }
    }

    /// Ends every connection and returns when all are cleaned up.
    package func shutdown(why: String) async {
        for client in all() { await client.disconnect(why: why) }
    }

    /// What each category's client has done so far, in order of category.
    package func figures() async -> [(category: Category, figures: FeedFigures)] {
        var figures: [(category: Category, figures: FeedFigures)] = []
        let clients = clients.withLock { $0 }.sorted { $0.key < $1.key }
        for (category, client) in clients { figures.append((category, await client.figures())) }
        return figures
    }

    private func client(of category: Category) -> BybitPublicWsClient {
        clients.withLock { clients in
            if let client = clients[category] { return client }
            let client = make(category)
            clients[category] = client
            return client
        }
    }

    private func all() -> [BybitPublicWsClient] {
        clients.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    }
}
