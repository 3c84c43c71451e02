import BybitProtocol
import Contracts
import EventKernel
import NIOCore
import Synchronization
import WebSocketTransport

/// The live feed: as many connections as the topics need, each a ``BybitPublicWsClient``.
package final class BybitMarketFeed: MarketFeed {
    private struct State {
        var plan: ConnectionPlan
        /// Categories that were asked for: their connections, present and to come, are kept open.
        var open: Set<Category> = []
        var clients: [(identity: ConnectionIdentity, client: BybitPublicWsClient)] = []
    }

    private let context: FeedContext
    private let eventLoopGroup: any EventLoopGroup
    private let state: Mutex<State>

    package init(context: FeedContext, eventLoopGroup: any EventLoopGroup) {
        self.context = context
        self.eventLoopGroup = eventLoopGroup
        state = Mutex(State(plan: ConnectionPlan(settings: context.settings)))
    }

    package func connect(_ category: Category) {
        state.withLock { state in
            state.open.insert(category)
            // Where nothing is subscribed yet the connection is made for what will be.
            _ = client(ConnectionIdentity(category), in: &state)
            for (identity, client) in state.clients where identity.category == category { client.connect() }
        }
    }

    package func subscribe(_ instruments: [Instrument], to streams: [MarketStream]) {
        state.withLock { state in
            let (shares, refusals) = state.plan.place(instruments, streams: streams)
            for share in shares {
                let client = client(share.connection, in: &state)
                client.subscribe(share.topics)
                if state.open.contains(share.connection.category) || share.connection == .status {
                    client.connect()
                }
            }
            for refusal in refusals { tell(refusal) }
        }
    }

    package func disconnect(why: String) {
        for (_, client) in all() { client.beginDisconnect(why: why) }
    }

    /// Ends every connection and returns when all are cleaned up.
    package func shutdown(why: String) async {
        disconnect(why: why)
        for (_, client) in all() { await client.disconnect(why: why) }
    }

    /// The books whose comparison with the exchange's snapshot is due, with the client of each.
    func booksDue() async -> [(client: BybitPublicWsClient, instruments: [Instrument])] {
        var due: [(client: BybitPublicWsClient, instruments: [Instrument])] = []
        for (_, client) in all() { due.append((client, await client.booksDue())) }
        return due
    }

    /// What each connection has done so far, in the order of their making.
    package func figures() async -> [(connection: ConnectionIdentity, figures: FeedFigures)] {
        var figures: [(connection: ConnectionIdentity, figures: FeedFigures)] = []
        for (identity, client) in all() { figures.append((identity, await client.figures())) }
        return figures
    }

    private func all() -> [(identity: ConnectionIdentity, client: BybitPublicWsClient)] {
        state.withLock { $0.clients }
    }

    private func client(_ identity: ConnectionIdentity, in state: inout State) -> BybitPublicWsClient {
        if let known = state.clients.first(where: { $0.identity == identity }) { return known.client }
        let client = BybitPublicWsClient(identity, context: context, eventLoop: eventLoopGroup.next())
        state.clients.append((identity, client))
        return client
    }

    private func tell(_ refusal: ConnectionPlan.Refusal) {
        _ = context.post(
            .marketError(
                MarketErrorEvent(
                    meta: EventMeta(source: .market, ts: context.clock.now),
                    connectionID: ConnectionIdentity(refusal.instrument.category).id,
                    instrument: refusal.instrument,
                    code: "subscribe.refused",
                    what: "a stream of \(refusal.instrument) can't be subscribed",
                    why: refusal.why
                )
            )
        )
    }
}
