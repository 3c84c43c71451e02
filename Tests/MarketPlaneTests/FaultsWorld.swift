import AsyncHTTPClient
import Contracts
import EventKernel
import ExchangeSimulator
import Logging
import MarketPlane
import NIOCore
import NIOPosix
import Testing

/// An exchange, a network that can fail, and the whole Market plane on a kernel, on one clock that the test moves.
///
/// The market's time goes on only in ``pass(milliseconds:)``; the connection's own watchdogs run on the real clock, with
/// short limits.
final class FaultWorld: Sendable {
    static let instrument = Instrument.fixture()
    static let depth = 50
    static let start: UnixMilliseconds = 1_700_000_040_000

    let clock = ManualClock(FaultWorld.start)
    let exchange: SimulatorServer
    let exchangePort: Int
    let network: FaultyNetwork
    private let host: KernelHost<FaultWatch>
    private let http: HTTPClient
    private let running: Task<Void, Never>

    init(
        seed: UInt64 = 7,
        settings change: (inout MarketSettings) -> Void = { _ in }
    ) async throws {
        exchange = try SimulatorServer(
            options: SimulatorOptions(
                market: .generated(seed: seed, symbols: ["BTCUSDT"], rate: 50, startMs: Self.start),
                start: .immediately,
                runsByItself: false
            )
        )
        exchangePort = try #require(try await exchange.start().plain)
        network = try await FaultyNetwork(to: exchangePort, seed: seed)
        var settings = MarketSettings.local(port: network.port)
        settings.restURL = "http://127.0.0.1:\(exchangePort)"
        settings.reconnectFirstMilliseconds = 5
        settings.reconnectMaxMilliseconds = 40
        settings.repairFirstMilliseconds = 10
        settings.repairMaxMilliseconds = 80
        settings.pingMilliseconds = 100
        settings.pongMilliseconds = 300
        settings.silenceMilliseconds = 300
        settings.connectMilliseconds = 300
        settings.connectCountMax = 100_000
        change(&settings)
        let sockets = MultiThreadedEventLoopGroup.singleton
        let http = HTTPClient(
            eventLoopGroupProvider: .shared(sockets),
            configuration: MarketPlane.httpConfiguration(settings)
        )
        self.http = http
        let (made, clock) = (settings, clock)
        host = try KernelHost(on: sockets.next().executor) { kernel, inlet in
            let market = try MarketPlane.live(
                settings: made,
                kernel: kernel,
                clock: clock,
                eventLoopGroup: sockets,
                httpClient: http,
                logger: Logger(label: "faults", factory: { _ in SwiftLogNoOpLogHandler() }),
                post: { inlet.post($0) }
            )
            return FaultWatch(market: market, kernel: kernel)
        }
        let host = host
        running = Task { await host.run() }
    }

    /// Connects and subscribes to the book and the trades.
    func open(streams: [MarketStream] = [.orderBook(depth: FaultWorld.depth), .trades]) {
        let meta = EventMeta(source: .system, ts: clock.now)
        host.inlet.post(MarketConnectRequest(meta: meta, venue: "bybit", category: .linear).erased)
        host.inlet.post(
            MarketSubscribeRequest(meta: meta, instruments: [Self.instrument], streams: streams).erased
        )
    }

    /// Lets the market's time go on, and the kernel's with it.
    func pass(milliseconds: Int64) async {
        await exchange.advance(byMilliseconds: milliseconds)
        clock.advance(milliseconds: milliseconds)
        host.inlet.post(ClockEvent(meta: EventMeta(source: .system, ts: clock.now)).erased)
    }

    /// What the kernel has seen.
    func look<Answer: Sendable>(_ body: @escaping @Sendable (FaultWatch) -> Answer) async -> Answer {
        await host.inspect { _, watch in body(watch) }
    }

    /// Lets the market go on in small steps until `ask` has an answer.
    func until<Answer: Sendable>(
        _ what: String,
        within limit: Duration = .seconds(40),
        _ ask: @escaping @Sendable (FaultWatch) -> Answer?
    ) async throws -> Answer {
        let deadline = ContinuousClock.now + limit
        while true {
            if let answer = await look(ask) { return answer }
            guard ContinuousClock.now < deadline else {
                let seen = await look { $0.summary }
                throw FaultTrouble("\(what): not within \(limit); \(seen)")
            }
            await pass(milliseconds: 20)
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Waits until the plane calls the instrument fresh; then the market stands still, and its book must be the
    /// exchange's own, at the same number.
    func endsWithTheExchangesBook() async throws {
        let witness = try await Witness(port: exchangePort)
        let deadline = ContinuousClock.now + .seconds(40)
        while true {
            let (ours, health) = await look { ($0.book, $0.health) }
            let truth = witness.book
            if health == .fresh, ours.updateID == truth.updateID {
                #expect(ours == truth, "the books differ at u \(truth.updateID)")
                break
            }
            guard ContinuousClock.now < deadline else {
                let seen = await look { $0.summary }
                throw FaultTrouble(
                    "no healthy book: ours at u \(ours.updateID), the exchange's \(truth.updateID); \(seen)"
                )
            }
            if health != .fresh || ours.updateID < truth.updateID { await pass(milliseconds: 20) }
            try await Task.sleep(for: .milliseconds(5))
        }
        await witness.stop()
    }

    func stop() async throws {
        let market = await look { $0.market }
        await market.shutdown(why: "done")
        host.inlet.close()
        await running.value
        await network.stop()
        await exchange.stop()
        try await http.shutdown()
    }
}

/// Listens on the kernel as any plane does, and keeps what it heard.
final class FaultWatch {
    let market: LiveMarket
    private(set) var book = OrderBook(depth: FaultWorld.depth)
    private(set) var health = FeedHealth.State.stale
    private(set) var healths: [FeedHealth] = []
    private(set) var connects: [MarketConnected] = []
    private(set) var disconnects: [MarketDisconnected] = []
    private(set) var errors: [MarketErrorEvent] = []
    private(set) var snapshotCount = 0
    private(set) var crossedCount = 0
    private(set) var tradeCount = 0
    private(set) var doubledTradeCount = 0
    private var trades: Set<TradeID> = []

    init(market: LiveMarket, kernel: Kernel) {
        self.market = market
        kernel.bus.record { [unowned self] event, _ in hear(event) }
    }

    var summary: String {
        let errors = Dictionary(grouping: errors, by: \.code).mapValues(\.count).sorted { $0.key < $1.key }
        return
            "\(health), \(healths.last?.detail ?? "no health"); \(connects.count) connects, "
            + "\(disconnects.count) disconnects, errors \(errors.map { "\($0.key) \($0.value)" })"
    }

    private func hear(_ event: AnyEvent) {
        switch event {
        case .marketOrderbookDelta(let delta) where delta.depth == FaultWorld.depth:
            book.apply(delta)
            if delta.isSnapshot { snapshotCount += 1 }
            if book.isCrossed { crossedCount += 1 }
        case .marketTrade(let trade):
            tradeCount += 1
            if !trades.insert(trade.id).inserted { doubledTradeCount += 1 }
        case .marketHealth(let event):
            health = event.state
            healths.append(event)
        case .marketConnected(let event): connects.append(event)
        case .marketDisconnected(let event): disconnects.append(event)
        case .marketError(let event): errors.append(event)
        default: break
        }
    }
}

/// A second client, straight at the exchange: what it is told of the book is the truth.
private struct Witness {
    private let bench: Bench

    init(port: Int) async throws {
        bench = Bench(.local(port: port))
        bench.client.subscribe(Bench.topics([.orderBook(depth: FaultWorld.depth)]))
        bench.client.connect()
        _ = try await bench.tape.snapshot()
    }

    /// The book after everything that has come in.
    var book: OrderBook {
        var book = OrderBook(depth: FaultWorld.depth)
        for case .marketOrderbookDelta(let delta) in bench.tape.events { book.apply(delta) }
        return book
    }

    func stop() async { await bench.client.disconnect(why: "done") }
}

/// Why a fault test could not go on.
struct FaultTrouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
