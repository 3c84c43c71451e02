import BybitProtocol
import Contracts
import EventKernel
import FoundationEssentials
import Logging
import MarketPlane
import NIOCore
import NIOPosix
import WebSocketTransport

/// From the sender's write to a handler on the kernel: socket, TLS, frame, JSON, inlet, bus.
///
/// Sender, connection and kernel have a thread each, as in a running daemon; each trade carries its time of sending.
enum LatencyBench {
    private static let rates = [1_000, 10_000, 50_000]
    private static let seconds = 5

    static func run(_ report: Report) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tradebot-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tls = try BenchTLS(folder: folder)
        for secure in [nil, tls] {
            for rate in rates {
                let times = try measure(rate, secure).map { Double($0) / 1_000 }
                let name = "\(secure == nil ? "plain" : "tls") \(rate / 1_000)k msg/s socket_to_handler"
                let more = [("messages", Double(times.count)), ("max", Stopwatch.quantile(1, of: times))]
                for (label, fraction) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
                    let value = Stopwatch.quantile(fraction, of: times)
                    report.add(.latency, "\(name)_\(label)", value, "us", more: more)
                }
            }
        }
    }

    /// The nanoseconds of each message.
    private static func measure(_ rate: Int, _ tls: BenchTLS?) throws -> [UInt64] {
        let count = rate * seconds
        let server = try FrameServer(.paced(perSecond: rate, count: count), tls: tls?.server)
        defer { try? server.stop() }
        let sockets = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let kernelThread = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer {
            try? sockets.syncShutdownGracefully()
            try? kernelThread.syncShutdownGracefully()
        }
        let done = sockets.next().makePromise(of: [UInt64].self)
        let host = KernelHost(on: kernelThread.next().executor) { kernel, _ in
            let times = LatencyLog(wanted: count, done: done)
            kernel.bus.on(TradeEvent.self, as: .featureEngine) { trade in times.note(trade.id) }
        }
        let running = Task { await host.run() }
        let client = try client(port: server.port, tls, on: sockets.next(), into: host.inlet)
        client.subscribe(topics)
        client.connect()
        let times = try done.futureResult.wait()
        client.beginDisconnect(why: "measured")
        host.inlet.close()
        withExtendedLifetime(running) {}
        return times
    }

    private static var topics: [StreamTopic] {
        [StreamTopic(stream: .trades, symbol: Samples.instrument.symbol)]
    }

    private static func client(
        port: Int,
        _ tls: BenchTLS?,
        on loop: any EventLoop,
        into inlet: Inlet
    ) throws -> BybitPublicWsClient {
        var settings = MarketSettings()
        settings.publicURL = "\(tls == nil ? "ws" : "wss")://localhost:\(port)/v5/public"
        let trust = try tls.map { try WebSocketTrust(caFile: $0.certificateFile) }
        return BybitPublicWsClient(
            category: .linear,
            settings: settings,
            configuration: WebSocketConfiguration(trust: trust),
            eventLoop: loop,
            clock: SystemClock(),
            logger: Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() }),
            post: { inlet.post($0) }
        )
    }
}

/// Writes down, on the kernel's thread, how old each trade is.
private final class LatencyLog {
    private var times: [UInt64] = []
    private let wanted: Int
    private let done: EventLoopPromise<[UInt64]>

    init(wanted: Int, done: EventLoopPromise<[UInt64]>) {
        self.wanted = wanted
        self.done = done
        times.reserveCapacity(wanted)
    }

    func note(_ id: TradeID) {
        guard case .number(let number) = id else { return }
        times.append(Stopwatch.monotonic - StampedTrade.sent(number))
        if times.count == wanted { done.succeed(times) }
    }
}
