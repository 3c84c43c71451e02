import BybitProtocol
import Contracts
import EventKernel
import ExchangeSimulator
import Logging
import MarketPlane
import NIOPosix
import Synchronization
import Testing
import WebSocketTransport

/// Takes a client's events as the inlet would, and lets a test wait for one.
final class Tape: Sendable {
    private let stream: AsyncStream<AnyEvent>
    private let voice: AsyncStream<AnyEvent>.Continuation
    private let kept = Mutex<[AnyEvent]>([])
    /// How many book events are refused before the next one is taken.
    let refusals = Mutex(0)
    /// While set, no market event is taken.
    let isFull = Mutex(false)

    init() { (stream, voice) = AsyncStream.makeStream(of: AnyEvent.self) }

    func post(_ event: AnyEvent) -> Bool {
        if event.topic.topicClass == .market, isFull.withLock({ $0 }) { return false }
        if case .marketOrderbookDelta = event {
            let isRefused = refusals.withLock { count in
                guard count > 0 else { return false }
                count -= 1
                return true
            }
            if isRefused { return false }
        }
        kept.withLock { $0.append(event) }
        voice.yield(event)
        return true
    }

    var events: [AnyEvent] { kept.withLock { $0 } }

    /// The next event that `pick` takes; each event is looked at once.
    func next<Picked>(_ pick: (AnyEvent) -> Picked?) async throws -> Picked {
        for await event in stream {
            if let picked = pick(event) { return picked }
        }
        throw CancellationError()
    }

    func connected() async throws -> MarketConnected {
        try await next { if case .marketConnected(let event) = $0 { event } else { nil } }
    }

    func disconnected() async throws -> MarketDisconnected {
        try await next { if case .marketDisconnected(let event) = $0 { event } else { nil } }
    }

    func error(_ code: String) async throws -> MarketErrorEvent {
        try await next { if case .marketError(let event) = $0, event.code == code { event } else { nil } }
    }

    func snapshot() async throws -> OrderBookDelta {
        try await next {
            if case .marketOrderbookDelta(let event) = $0, event.isSnapshot { event } else { nil }
        }
    }

    var disconnects: [MarketDisconnected] {
        events.compactMap { if case .marketDisconnected(let event) = $0 { event } else { nil } }
    }
}

extension MarketSettings {
    /// Settings for a local server, quick to notice and to mend.
    static func local(port: Int) -> MarketSettings {
        var settings = MarketSettings()
        settings.publicURL = "ws://127.0.0.1:\(port)/v5/public"
        settings.restURL = "http://127.0.0.1:\(port)"
        settings.reconnectFirstMilliseconds = 20
        settings.reconnectMaxMilliseconds = 100
        settings.repairFirstMilliseconds = 50
        settings.repairMaxMilliseconds = 200
        settings.silenceMilliseconds = 20_000
        return settings
    }
}

/// A client with a tape, against whatever listens at the port.
struct Bench {
    static let book = "orderbook.50.BTCUSDT"
    let tape = Tape()
    let client: BybitPublicWsClient

    init(_ settings: MarketSettings) {
        let tape = tape
        client = BybitPublicWsClient(
            category: .linear,
            settings: settings,
            configuration: WebSocketConfiguration(),
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            clock: SystemClock(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            post: { tape.post($0) }
        )
    }

    static func topics(_ streams: [MarketStream] = [.orderBook(depth: 50), .ticker]) -> [StreamTopic] {
        streams.compactMap { stream in Symbol("BTCUSDT").map { StreamTopic(stream: stream, symbol: $0) } }
    }

    static func simulator() async throws -> (server: SimulatorServer, port: Int) {
        let server = try SimulatorServer(
            options: SimulatorOptions(
                market: .generated(seed: 7, symbols: ["BTCUSDT"], rate: 50, startMs: nil)
            )
        )
        let ports = try await server.start()
        return (server, try #require(ports.plain))
    }
}
