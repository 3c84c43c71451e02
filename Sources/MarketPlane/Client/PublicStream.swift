import BybitProtocol
import Contracts
import EventKernel
import Logging
import NIOCore
import WebSocketTransport

/// One category's connection, kept alive: the part of ``BybitPublicWsClient`` that lives on its event loop.
///
/// `webSocketDidEnd` alone cleans up, once for each connection; everything else only makes a connection end.
final class PublicStream {
    enum Phase {
        case idle
        case connecting(WebSocketConnection)
        case open(WebSocketConnection)
        case waiting(Scheduled<Void>)
    }

    /// How often silence and repairs are looked at, at least.
    private static let tickMillisecondsMax: Int64 = 1_000

    let category: Category
    let connectionID: String
    let settings: MarketSettings
    let eventLoop: any EventLoop
    let clock: any HostClock
    let post: @Sendable (AnyEvent) -> Bool
    let logger: Logger
    let tap: FrameTap?
    private let configuration: WebSocketConfiguration
    private var phase = Phase.idle
    private var isWanted = false
    private var whyRequested = ""
    private var endReason: MarketDisconnected.Reason?
    private var backoff: ReconnectBackoff<SeededGenerator>
    private var timers: [RepeatedTask] = []
    private var waiters: [EventLoopPromise<Void>] = []
    private var lastIncomingAt: Int64 = 0
    var desk: SubscriptionDesk
    var decoder: PublicFrameDecoder
    var output = DecodedFrame()
    var figures = FeedFigures()
    var malformed = MalformedFold()

    init(
        category: Category,
        settings: MarketSettings,
        configuration: WebSocketConfiguration,
        eventLoop: any EventLoop,
        clock: any HostClock,
        logger: Logger,
        tap: FrameTap?,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        self.category = category
        self.settings = settings
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.clock = clock
        self.logger = logger
        self.tap = tap
        self.post = post
        connectionID = "bybit-public-\(category.rawValue)"
        desk = SubscriptionDesk(category: category, settings: settings)
        decoder = PublicFrameDecoder(category: category)
        var limits = ReconnectBackoff<SeededGenerator>.Limits()
        limits.delayFirstMilliseconds = settings.reconnectFirstMilliseconds
        limits.delayMaxMilliseconds = settings.reconnectMaxMilliseconds
        backoff = ReconnectBackoff(limits: limits, generator: SeededGenerator(seed: settings.jitterSeed))
    }

    /// Milliseconds of a clock that never goes back, for waits and silence.
    var uptime: Int64 { Int64(eventLoop.now.uptimeNanoseconds / 1_000_000) }

    func meta() -> EventMeta { EventMeta(source: .market, ts: clock.now) }

    // MARK: What the client is asked for

    /// Connects and stays connected; without effect where that is so already.
    func connect() {
        isWanted = true
        if case .idle = phase { begin() }
    }

    /// Takes topics into the set; they are asked for now if the connection is open, else as soon as it is.
    func subscribe(_ wanted: [StreamTopic]) {
        let (new, refused) = desk.add(wanted)
        for topic in refused {
            fail(
                "subscribe.refused",
                about: topic,
                "\(topic) can't be subscribed",
                "it is not served, or the connection is full"
            )
        }
        guard case .open = phase else {
            logger.debug("\(connectionID): \(new.count) topics kept for the next connection")
            return
        }
        send(desk.subscribe(new))
    }

    /// Ends the connection and stays closed; succeeds once that is cleaned up, however often it is asked.
    func disconnect(why: String) -> EventLoopFuture<Void> {
        isWanted = false
        whyRequested = why
        switch phase {
        case .idle: break
        case .waiting(let retry):
            retry.cancel()
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

    // MARK: Life of a connection

    private func begin() {
        endReason = nil
        backoff.connecting(at: uptime)
        let address: WebSocketAddress
        do throws(WebSocketError) {
            address = try WebSocketAddress(settings.publicURL + "/" + category.rawValue)
        } catch {
            phase = .idle
            fail(error.code, about: nil, "the market feed has no address", error.description)
            return
        }
        let connection = WebSocketConnection(
            to: address,
            configuration: configuration,
            on: eventLoop,
            listener: self
        )
        phase = .connecting(connection)
        connection.connect()
    }

    private func startTimers() {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let ping = TimeAmount.milliseconds(settings.pingMilliseconds)
        let tick = TimeAmount.milliseconds(
            max(1, min(Self.tickMillisecondsMax, settings.silenceMilliseconds / 4))
        )
        // The exchange cuts connections whose first ping comes late.
        timers = [
            eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: ping) { _ in
                bound.value.send([bound.value.desk.ping()])
            },
            eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in bound.value.tick() },
        ]
    }

    private func tick() {
        guard case .open(let connection) = phase else { return }
        let silence = uptime - lastIncomingAt
        if silence > settings.silenceMilliseconds {
            endReason = .silence
            connection.abort(
                why: "nothing received for \(silence) ms, limit \(settings.silenceMilliseconds) ms"
            )
            return
        }
        send(desk.due(at: uptime))
        flushMalformed()
    }

    func send(_ requests: [ClientRequest]) {
        guard case .open(let connection) = phase else { return }
        for request in requests { connection.send(text: request.text) }
    }

    private func retry(after delay: Int64) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        phase = .waiting(
            eventLoop.scheduleTask(in: .milliseconds(delay)) {
                bound.value.phase = .idle
                bound.value.begin()
            }
        )
    }
}

extension PublicStream: WebSocketListener {
    func webSocketDidOpen(_ connection: WebSocketConnection) {
        phase = .open(connection)
        lastIncomingAt = uptime
        backoff.opened(at: uptime)
        figures.openCount += 1
        decoder.reset()
        send(desk.opened())
        startTimers()
        logger.debug("\(connectionID): open, \(desk.topics.count) topics asked for")
        _ = post(
            .marketConnected(
                MarketConnected(
                    meta: meta(),
                    connectionID: connectionID,
                    category: category,
                    attempt: figures.openCount
                )
            )
        )
    }

    func webSocketDidReceive(text: RawSpan) {
        lastIncomingAt = uptime
        read(text)
    }

    func webSocketDidHearFromPeer() { lastIncomingAt = uptime }

    func webSocketDidEnd(_ end: WebSocketEnd) {
        let wasOpen = if case .open = phase { true } else { false }
        for timer in timers { timer.cancel() }
        timers.removeAll()
        flushMalformed()
        decoder.reset()
        phase = .idle
        let delay = isWanted ? backoff.delay(afterEndAt: uptime) : nil
        tell(end, wasOpen: wasOpen, retryIn: delay)
        endReason = nil
        if let delay { retry(after: delay) }
        let waiters = waiters
        self.waiters.removeAll()
        for waiter in waiters { waiter.succeed() }
    }

    /// One `market:disconnected` for each `market:connected`; a failed try is a `market:error`.
    private func tell(_ end: WebSocketEnd, wasOpen: Bool, retryIn delay: Int64?) {
        logger.debug("\(connectionID): ended, \(end)")
        if case .failed(let error) = end {
            if error == .cancelled { return }
            fail(
                error.code,
                about: nil,
                "the market feed could not connect",
                error.description,
                retryIn: delay
            )
            return
        }
        guard wasOpen else { return }
        let (reason, detail): (MarketDisconnected.Reason, String) =
            switch end {
            case .closedByUs, .failed: (.requested, whyRequested)
            case .closedByPeer(let code, let text):
                (.closedByPeer, code.map { "close code \($0)" + (text.isEmpty ? "" : ": \(text)") } ?? text)
            case .broken(let why): (.failure, why)
            }
        _ = post(
            .marketDisconnected(
                MarketDisconnected(
                    meta: meta(),
                    connectionID: connectionID,
                    reason: endReason ?? reason,
                    detail: endReason == .requested ? whyRequested : detail,
                    willRetryInMilliseconds: delay
                )
            )
        )
    }
}
