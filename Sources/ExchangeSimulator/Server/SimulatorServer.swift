import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization

/// Serves a simulated Bybit: the public WebSocket stream and the market REST calls, plain or with TLS.
///
/// - Shape: `/v5/public/{linear,spot,inverse,option}` upgrades to WebSocket, `/v5/market/…` answers GET.
/// - Units: as the exchange's: decimals as strings, Unix milliseconds.
/// - Errors: ``SimulatorError``, from ``init(options:)`` for options and data, from ``start()`` for addresses.
/// - Source: `docs/bybit-sim.md`; the protocol is that of the exchange's public documentation.
package final class SimulatorServer: Sendable {
    private static let backlog: Int32 = 256

    private let options: SimulatorOptions
    private let group: MultiThreadedEventLoopGroup
    private let eventLoop: any EventLoop
    private let core: NIOLoopBoundBox<SimulatorCore>
    private let tls: TLSContexts?
    private let end: EventLoopFuture<Void>
    private let over: EventLoopFuture<Void>
    private let isStopped = Mutex(false)

    /// A server that is not listening yet, its market read and checked.
    package init(options: SimulatorOptions) throws(SimulatorError) {
        guard options.speed > 0, options.speed <= 1_000_000 || options.speed == .infinity else {
            throw .badOption(
                option: "--speed",
                value: "\(options.speed)",
                expected: "above 0, at most 1000000, or max"
            )
        }
        self.options = options
        tls = try TLSFiles.contexts(for: options)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        eventLoop = group.next()
        let promise = eventLoop.makePromise(of: Void.self)
        let overPromise = eventLoop.makePromise(of: Void.self)
        (end, over) = (promise.futureResult, overPromise.futureResult)
        do {
            let made = try SimulatorCore(
                options: options,
                eventLoop: eventLoop,
                end: promise,
                over: overPromise
            )
            core = NIOLoopBoundBox.makeBoxSendingValue(made, eventLoop: eventLoop)
        } catch {
            promise.succeed()
            overPromise.succeed()
            group.shutdownGracefully { _ in }
            throw error
        }
    }

    /// The ports the server listens on.
    package struct Ports: Equatable, Sendable {
        /// The plain port; nil without a plain listener.
        package let plain: Int?
        /// The TLS port; nil without a TLS listener.
        package let tls: Int?
    }

    /// Begins to listen and returns the ports; the market and the scheduled faults begin to count.
    package func start() async throws(SimulatorError) -> Ports {
        var plain: Int?
        var secure: Int?
        do throws(SimulatorError) {
            if let address = options.listen { plain = try await listen(on: address, tls: nil) }
            if let address = options.tlsListen { secure = try await listen(on: address, tls: tls) }
        } catch {
            await stop()
            throw error
        }
        let core = core
        eventLoop.execute { core.value.ready() }
        return Ports(plain: plain, tls: secure)
    }

    /// Makes a fault happen, and returns when it has begun.
    package func inject(_ fault: Fault) async {
        let core = core
        try? await eventLoop.submit { core.value.inject(fault) }.get()
    }

    /// Makes a fault happen soon; faults begin in the order of the calls.
    func begin(_ fault: Fault) {
        let core = core
        eventLoop.execute { core.value.inject(fault) }
    }

    /// Moves the market's clock by hand and returns when all that followed was sent.
    package func advance(byMilliseconds milliseconds: Int64) async {
        let core = core
        try? await eventLoop.submit { core.value.advance(byNs: milliseconds * 1_000_000) }.get()
    }

    /// Returns when a recording ended that was to end the run, or the server was stopped; throws on bad data.
    package func ended() async throws {
        try await end.get()
    }

    /// Returns when the last scheduled fault has ended, at once where there is none; see ``FaultScript/over``.
    package func faultsAreOver() async {
        try? await over.get()
    }

    /// What was sent up to now.
    package func summary() async -> SimulatorSummary? {
        let core = core
        return try? await eventLoop.submit { core.value.summary }.get()
    }

    /// Closes everything for good; a second call does nothing.
    package func stop() async {
        let isFirst = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        let core = core
        try? await eventLoop.submit { core.value.stop() }.get()
        try? await group.shutdownGracefully()
    }

    // MARK: Private

    private func listen(on address: ListenAddress, tls: TLSContexts?) async throws(SimulatorError) -> Int {
        let core = core
        // A market that waits for its clients keeps the queue short.
        let bytesMax = min(options.sendQueueBytesMax, options.speed == .infinity ? 1 << 20 : .max)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: SimulatorServer.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: bytesMax / 2, high: bytesMax))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let faults = core.value.faults
                    if faults.isOn(.refuse) { throw RefusedConnection() }
                    if faults.isOn(.blackHole) {
                        _ = channel.setOption(.autoRead, value: false)
                        return
                    }
                    if let tls {
                        let context = tls.context(for: faults.tlsNow)
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try SimulatorServer.configure(channel, core: core)
                }
            }
        do {
            let channel = try await bootstrap.bind(host: address.host, port: address.port).get()
            return channel.localAddress?.port ?? address.port
        } catch {
            let text = "\(address.host):\(address.port)"
            let why = (error as? IOError).map { unsafe String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw .addressUnavailable(address: text, why: why)
        }
    }

    private static func configure(_ channel: any Channel, core: NIOLoopBoundBox<SimulatorCore>) throws {
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: Session.frameBytesMax,
            shouldUpgrade: { channel, head in
                let isStream = StreamPath(uri: head.uri) != nil
                return channel.eventLoop.makeSucceededFuture(isStream ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let core = core.value
                    let aggregator = NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 0,
                        maxAccumulatedFrameCount: Session.fragmentsMax,
                        maxAccumulatedFrameSize: Session.frameBytesMax
                    )
                    let session = Session(
                        core: core,
                        path: StreamPath(uri: head.uri) ?? .line(.linear),
                        connectionID: core.nextConnectionID()
                    )
                    try channel.pipeline.syncOperations.addHandler(aggregator)
                    try channel.pipeline.syncOperations.addHandler(session)
                }
            }
        )
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withServerUpgrade: (
                upgraders: [upgrader],
                completionHandler: { context in
                    context.pipeline.removeHandler(name: RestHandler.name, promise: nil)
                }
            )
        )
        try channel.pipeline.syncOperations.addHandler(RestHandler(core: core.value), name: RestHandler.name)
    }
}

/// Ends a connection at accept; NIO closes the socket when the initialiser fails.
private struct RefusedConnection: Error {}
