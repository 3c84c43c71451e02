import struct EventKernel.SeededGenerator
import NIOCore
import NIOPosix
import Synchronization

/// What the network between exchange and client does at the moment.
struct NetworkWeather: Sendable {
    /// What becomes of a new connection.
    enum Door: Sendable { case open, refuses, swallows }

    var door = Door.open
    /// Nothing from the exchange gets through; it comes later, in order.
    var isStalled = false
    /// Nothing gets through in either direction, and nobody is told: the other end is gone.
    var isHalfOpen = false
    /// The share of the exchange's messages that is lost, doubled, changes places with its neighbour, or comes late.
    var lossShare = 0.0
    var doubleShare = 0.0
    var swapShare = 0.0
    var lateShare = 0.0
    /// How many further messages pass a late one.
    var latenessMessages = 8

    static let fair = NetworkWeather()
}

/// A network that can fail: it passes bytes between a client and the exchange, and disturbs them as it is told.
///
/// It knows where a WebSocket message begins and ends, and nothing else of what it carries.
final class FaultyNetwork: Sendable {
    private let loop: any EventLoop
    private let core: NIOLoopBoundBox<Core>
    private let listener: any Channel

    var port: Int { listener.localAddress?.port ?? 0 }

    /// Listens on a port of its own; what comes there goes to `exchangePort`.
    init(to exchangePort: Int, seed: UInt64 = 1) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let core = NIOLoopBoundBox.makeBoxSendingValue(
            Core(exchangePort: exchangePort, seed: seed),
            eventLoop: loop
        )
        self.loop = loop
        self.core = core
        listener = try await ServerBootstrap(group: loop)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try core.value.accept(channel) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// How many connections were tried so far.
    var acceptCount: Int {
        get async { (try? await loop.submit { [core] in core.value.acceptCount }.get()) ?? 0 }
    }

    /// How many messages were lost, doubled, swapped or held back so far.
    var disturbedCount: Int {
        get async { (try? await loop.submit { [core] in core.value.disturbedCount }.get()) ?? 0 }
    }

    /// Changes the weather; returns when it holds.
    func change(_ body: @escaping @Sendable (inout NetworkWeather) -> Void) async {
        try? await loop.submit { [core] in
            body(&core.value.weather)
            core.value.weatherChanged()
        }.get()
    }

    /// Ends every connection at once, as a reset by the peer.
    func reset() async { try? await loop.submit { [core] in core.value.reset() }.get() }

    func stop() async {
        await reset()
        try? await listener.close()
    }

    /// The connections, all on one event loop.
    final class Core {
        let exchangePort: Int
        var weather = NetworkWeather.fair
        private var random: SeededGenerator
        private(set) var acceptCount = 0
        var disturbedCount = 0
        private var links: [ObjectIdentifier: FaultyLink] = [:]

        init(exchangePort: Int, seed: UInt64) {
            self.exchangePort = exchangePort
            random = SeededGenerator(seed: seed)
        }

        /// A number from 0 up to, not including, 1.
        func chance() -> Double { random.fraction() }

        func accept(_ channel: any Channel) throws {
            acceptCount += 1
            guard weather.door != .refuses else { throw ChannelError.connectTimeout(.zero) }
            let link = FaultyLink(client: channel, core: self)
            links[ObjectIdentifier(link)] = link
            try channel.pipeline.syncOperations.addHandler(link.clientEnd)
            guard weather.door == .open else { return }
            link.connect(to: exchangePort)
        }

        func ended(_ link: FaultyLink) { links[ObjectIdentifier(link)] = nil }

        func weatherChanged() { for link in links.values { link.pump() } }

        func reset() { for link in links.values { link.reset() } }
    }
}
