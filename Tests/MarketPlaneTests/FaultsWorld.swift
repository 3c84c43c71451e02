import AsyncHTTPClient
import Contracts
import EventKernel
import ExchangeSimulator
import Logging
import MarketPlane
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A simulated exchange that fails as it is told, and the whole Market plane on a kernel, over real sockets.
///
/// Limits that are seconds in the daemon are fractions of one here; nothing else is another.
final class FaultWorld: Sendable {
    static let instrument = Instrument.fixture()
    static let other = Instrument.fixture("linear:ETHUSDT")
    static let depth = 50

    let exchange: SimulatorServer
    let ports: SimulatorServer.Ports
    private let host: KernelHost<FaultWatch>
    private let http: HTTPClient
    private let running: Task<Void, Never>
    private let clock = SystemClock()

    init(
        seed: UInt64 = 7,
        symbols: [String] = ["linear:BTCUSDT"],
        options changeOptions: (inout SimulatorOptions) -> Void = { _ in },
        settings changeSettings: (inout MarketSettings, SimulatorServer.Ports) -> Void = { _, _ in }
    ) async throws {
        var options = SimulatorOptions(
            market: .generated(seed: seed, symbols: symbols, rate: 20, startMs: nil)
        )
        changeOptions(&options)
        exchange = try SimulatorServer(options: options)
        ports = try await exchange.start()
        var settings = Self.settings(try #require(ports.plain))
        changeSettings(&settings, ports)
        let group = MultiThreadedEventLoopGroup.singleton
        let http = HTTPClient(
            eventLoopGroupProvider: .shared(group),
            configuration: MarketPlane.httpConfiguration(settings)
        )
        let (made, clock, alarm) = (settings, clock, FaultAlarm(loop: group.next()))
        host = try KernelHost(
            on: group.next().executor,
            armTimer: { alarm.arm($0, $1) },
            build: { kernel, inlet in
                let market = try MarketPlane.live(
                    settings: made,
                    kernel: kernel,
                    clock: clock,
                    eventLoopGroup: group,
                    httpClient: http,
                    logger: Logger(label: "faults", factory: { _ in SwiftLogNoOpLogHandler() }),
                    post: { inlet.post($0) }
                )
                return FaultWatch(market: market, kernel: kernel)
            }
        )
        self.http = http
        let host = host
        running = Task { await host.run() }
    }

    private static func settings(_ port: Int) -> MarketSettings {
        var settings = MarketSettings.local(port: port)
        settings.reconnectFirstMilliseconds = 5
        settings.reconnectMaxMilliseconds = 40
        settings.repairFirstMilliseconds = 20
        settings.repairMaxMilliseconds = 100
        settings.pingMilliseconds = 250
        settings.pongMilliseconds = 1_000
        settings.silenceMilliseconds = 1_000
        settings.connectMilliseconds = 2_000
        settings.requestMilliseconds = 2_000
        settings.staleMilliseconds = 1_000
        settings.staleExchangeMilliseconds = 1_500
        settings.connectCountMax = 100_000
        return settings
    }

    /// Connects and subscribes, as the Orchestrator asks for it.
    func open(
        _ instruments: [Instrument] = [FaultWorld.instrument],
        to streams: [MarketStream] = [.orderBook(depth: FaultWorld.depth), .trades, .ticker]
    ) {
        let meta = EventMeta(source: .system, ts: clock.now)
        host.inlet.post(MarketConnectRequest(meta: meta, venue: "bybit", category: .linear).erased)
        host.inlet.post(MarketSubscribeRequest(meta: meta, instruments: instruments, streams: streams).erased)
    }

    /// The same, and waits until all is fresh.
    func openAndSettle(_ instruments: [Instrument] = [FaultWorld.instrument]) async throws {
        open(instruments)
        _ = try await until("all fresh") { watch in
            instruments.allSatisfy { watch.health[$0]?.state == .fresh } ? true : nil
        }
    }

    /// What the kernel has seen.
    func look<Answer: Sendable>(_ body: @escaping @Sendable (FaultWatch) -> Answer) async -> Answer {
        await host.inspect { _, watch in body(watch) }
    }

    /// Waits for an answer of `ask`, asked anew whenever the kernel may have seen something.
    func until<Answer: Sendable>(
        _ what: String,
        within limit: Duration = .seconds(60),
        _ ask: @escaping @Sendable (FaultWatch) -> Answer?
    ) async throws -> Answer {
        let deadline = ContinuousClock.now + limit
        while true {
            if let answer = await look(ask) { return answer }
            guard ContinuousClock.now < deadline else {
                throw FaultTrouble("\(what): not within \(limit); \(await look { $0.summary })")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Waits until the plane calls the instrument fresh and its book is, level by level, the exchange's own at the same
    /// update number.
    func endsWithTheExchangesBook() async throws {
        let witness = try await Witness(port: try #require(ports.plain))
        let deadline = ContinuousClock.now + .seconds(60)
        var compared = 0
        while compared < 3 {
            let (ours, state) = await look { ($0.book, $0.health[Self.instrument]?.state) }
            if state == .fresh, let truth = witness.book(at: ours.updateID) {
                if ours != truth { throw FaultTrouble("the books differ at u \(truth.updateID)") }
                compared += 1
            }
            guard ContinuousClock.now < deadline else {
                throw FaultTrouble(
                    "no healthy book, ours is at u \(ours.updateID); \(await look { $0.summary })"
                )
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        await witness.stop()
    }

    func stop() async throws {
        let market = await look { $0.market }
        await market.shutdown(why: "done")
        host.inlet.close()
        await running.value
        await exchange.stop()
        try await http.shutdown()
    }
}

/// Lets the kernel's timers fire when nothing else happens, as the daemon's own alarm does.
private final class FaultAlarm: Sendable {
    private let loop: any EventLoop
    private let armed = Mutex<Scheduled<Void>?>(nil)
    private let clock = SystemClock()

    init(loop: any EventLoop) { self.loop = loop }

    func arm(_ deadline: UnixMilliseconds?, _ inlet: Inlet) {
        armed.withLock { armed in
            armed?.cancel()
            armed = deadline.map { deadline in
                loop.scheduleTask(in: .milliseconds(max(0, deadline - clock.now))) { [clock] in
                    let now = max(clock.now, deadline)
                    inlet.post(ClockEvent(meta: EventMeta(source: .system, ts: now)).erased)
                }
            }
        }
    }
}

/// Why a fault test could not go on.
struct FaultTrouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
