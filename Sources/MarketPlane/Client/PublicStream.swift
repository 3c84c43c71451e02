import BybitProtocol
import Contracts
import EventKernel
import Logging
import NIOCore
import WebSocketTransport

/// One public connection as its event loop sees it; belongs to that loop and never leaves it.
///
/// `webSocketDidEnd` alone cleans up, once for each connection; everything else only makes a connection end.
final class PublicStream {
    enum Phase {
        case idle
        case connecting(WebSocketConnection)
        case open(WebSocketConnection)
        case waiting(Scheduled<Void>, slot: Int64)
    }

    let identity: ConnectionIdentity
    let context: FeedContext
    let eventLoop: any EventLoop
    var phase = Phase.idle
    var isWanted = false
    var whyRequested = ""
    var endReason: MarketDisconnected.Reason?
    var backoff: ReconnectBackoff<SeededGenerator>
    var timers: [RepeatedTask] = []
    var waiters: [EventLoopPromise<Void>] = []
    var lastIncomingAt: Int64 = 0
    /// When the oldest ping went out that is not answered yet.
    var pingSentAt: Int64?
    /// Set from the moment a connection is wanted and not there; says once when that has lasted too long.
    var downAlert: Scheduled<Void>?
    var lastFailure = "no answer yet"
    var desk: SubscriptionDesk
    var decoder: PublicFrameDecoder
    var output = DecodedFrame()
    var figures = FeedFigures()
    var malformed = MalformedFold()
    var outbox: Outbox
    var drops = DropFold()
    var drain: Scheduled<Void>?
    var deepBooks: [Symbol: DeepBook] = [:]

    init(identity: ConnectionIdentity, context: FeedContext, eventLoop: any EventLoop) {
        self.identity = identity
        self.context = context
        self.eventLoop = eventLoop
        let settings = context.settings
        desk = SubscriptionDesk(category: identity.category, settings: settings)
        decoder = PublicFrameDecoder(category: identity.category)
        outbox = Outbox(eventCountMax: settings.outboxEventsMax)
        var limits = ReconnectBackoff<SeededGenerator>.Limits()
        limits.delayFirstMilliseconds = settings.reconnectFirstMilliseconds
        limits.delayMaxMilliseconds = settings.reconnectMaxMilliseconds
        // Each connection draws its own waits, or all would come back at once.
        let seed = identity.id.utf8.reduce(settings.jitterSeed) { $0 &* 31 &+ UInt64($1) }
        backoff = ReconnectBackoff(limits: limits, generator: SeededGenerator(seed: seed))
    }

    var settings: MarketSettings { context.settings }
    var category: Category { identity.category }
    var connectionID: String { identity.id }

    /// Milliseconds of a clock that never goes back, for waits and silence; the same on every event loop.
    var uptime: Int64 { Int64(eventLoop.now.uptimeNanoseconds / 1_000_000) }

    func meta() -> EventMeta { EventMeta(source: .market, ts: context.clock.now) }

    /// Connects and stays connected; without effect where that is so already.
    func connect() {
        isWanted = true
        guard case .idle = phase else { return }
        watchForLongDown()
        schedule(notBefore: uptime)
    }

    /// Takes topics into the set; they are asked for now if the connection is open, else as soon as it is.
    func subscribe(_ wanted: [StreamTopic]) {
        let (new, refused) = desk.add(wanted)
        figures.topicCount = desk.topics.count
        for topic in refused {
            fail(
                "subscribe.refused",
                about: topic,
                "\(topic) can't be subscribed",
                "it is not served, or the connection is full"
            )
        }
        guard case .open = phase else {
            context.logger.debug("\(connectionID): \(new.count) topics kept for the next connection")
            return
        }
        send(desk.subscribe(new))
    }

    /// Ends the connection and stays closed; succeeds once that is cleaned up, however often it is asked.
    func disconnect(why: String) -> EventLoopFuture<Void> {
        isWanted = false
        whyRequested = why
        downAlert?.cancel()
        downAlert = nil
        switch phase {
        case .idle: break
        case .waiting(let retry, let slot):
            retry.cancel()
            context.budget.release(slot)
            phase = .idle
        case .connecting(let connection), .open(let connection):
            if endReason == nil { endReason = .requested }
            let promise = eventLoop.makePromise(of: Void.self)
            waiters.append(promise)
            connection.close()
            return promise.futureResult
        }
        return eventLoop.makeSucceededVoidFuture()
    }

    func send(_ requests: [ClientRequest]) {
        guard case .open(let connection) = phase else { return }
        for request in requests { connection.send(text: request.text) }
    }

    /// What was done so far, with what stands at this moment.
    var currentFigures: FeedFigures {
        var figures = figures
        figures.wire = decoder.counters
        figures.waitingCount = outbox.waitingCount
        return figures
    }
}
