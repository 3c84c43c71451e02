import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import WebSocketTransport

/// What receiving costs the client's thread: frames of 200 bytes in, handed over as the listener gets them.
///
/// The server is ours, or the peers' own (`--ws-server`, native Beast), which writes one frame a system call.
enum WebSocketBench {
    private static let frameCount = 400_000
    private static let repeatCount = 3
    /// The same text as the peers' benches send.
    private static let body: String = {
        let head = "{\"topic\":\"publicTrade.BTCUSDT\",\"ts\":1700000000000,\"data\":\""
        return head + String(repeating: "x", count: 198 - head.utf8.count) + "\"}"
    }()

    static func run(_ report: Report, server: String?) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tradebot-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tls = try BenchTLS(folder: folder)
        for secure in [nil, tls] {
            let metric = secure == nil ? "plain" : "tls"
            try measure(metric + " receive", secure, report) {
                try receive(from: nil, secure)
            }
            guard let server else { continue }
            try measure(metric + " receive (Beast server)", secure, report) {
                try receive(from: server, secure)
            }
        }
        if server == nil { Report.note("5-websocket: no --ws-server FILE, so only against our own server") }
    }

    private static func measure(
        _ metric: String,
        _ tls: BenchTLS?,
        _ report: Report,
        _ once: () throws -> FrameCounter.Result
    ) throws {
        let results = try (0..<repeatCount).map { _ in try once() }
        let perCPU = Stopwatch.quantile(0.5, of: results.map { Double($0.count) / $0.cpu * 1e9 })
        let perSecond = Stopwatch.quantile(0.5, of: results.map { Double($0.count) / $0.wall * 1e9 })
        let more = [("wall_msg_s", perSecond), ("frames", Double(frameCount))]
        report.add(.webSocket, metric, perCPU, "frames/CPU-s", more: more)
    }

    private static func receive(from server: String?, _ tls: BenchTLS?) throws -> FrameCounter.Result {
        guard let server else {
            let own = try FrameServer(
                .flood(frame: FrameServer.frame(body), count: frameCount),
                tls: tls?.server
            )
            defer { try? own.stop() }
            return try receive(port: own.port, tls)
        }
        let port = 21_000 + Int(getpid() % 5_000)
        var command = [server, "server", "\(port)", "\(frameCount)"]
        if let tls { command += [tls.certificateFile, tls.keyFile] }
        let process = try ChildProcess(command)
        defer { process.end() }
        return try receive(port: port, tls)
    }

    /// Tries until the server listens.
    private static func receive(port: Int, _ tls: BenchTLS?) throws -> FrameCounter.Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let loop = group.next()
        let trust = try tls.map { try WebSocketTrust(caFile: $0.certificateFile) }
        let address = try WebSocketAddress("\(tls == nil ? "ws" : "wss")://localhost:\(port)/")
        for _ in 0..<100 {
            let answer = try loop.flatSubmit { () -> EventLoopFuture<FrameCounter.Result?> in
                let counter = FrameCounter(wanted: frameCount, loop: loop)
                let connection = WebSocketConnection(
                    to: address,
                    configuration: WebSocketConfiguration(trust: trust),
                    on: loop,
                    listener: counter
                )
                connection.connect()
                return counter.promise.futureResult
            }.wait()
            if let answer { return answer }
            usleep(20_000)
        }
        throw BenchTrouble("nothing answers on port \(port)")
    }
}

/// Counts what comes in, on the connection's thread, between the first frame and the last.
private final class FrameCounter: WebSocketListener {
    struct Result {
        let count: Int
        let cpu: Double
        let wall: Double
    }

    /// Nil where the connection failed.
    let promise: EventLoopPromise<Result?>
    private let wanted: Int
    private var count = 0
    private var byteCount = 0
    private var cpu = 0.0
    private var wall = 0.0
    private var isOver = false

    init(wanted: Int, loop: any EventLoop) {
        self.wanted = wanted
        promise = loop.makePromise(of: Result?.self)
    }

    func webSocketDidOpen(_ connection: WebSocketConnection) { connection.send(text: "go") }

    func webSocketDidReceive(text: RawSpan) {
        if count == 0 { (cpu, wall) = (Stopwatch.cpu, Stopwatch.wall) }
        count += 1
        byteCount += text.byteCount
        guard count == wanted else { return }
        isOver = true
        promise.succeed(Result(count: count - 1, cpu: Stopwatch.cpu - cpu, wall: Stopwatch.wall - wall))
    }

    func webSocketDidHearFromPeer() {}

    func webSocketDidEnd(_ end: WebSocketEnd) { if !isOver { promise.succeed(nil) } }
}

/// A program that runs beside the measurement.
private struct ChildProcess {
    private let id: pid_t

    init(_ command: [String]) throws {
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe command.map { unsafe strdup($0) }
        defer { for index in command.indices { unsafe free(arguments[index]) } }
        unsafe arguments.append(nil)
        var process: pid_t = 0
        guard unsafe posix_spawn(&process, command[0], nil, nil, arguments, nil) == 0 else {
            throw BenchTrouble("\(command[0]) can't be started")
        }
        id = process
    }

    func end() {
        kill(id, SIGTERM)
        _ = waitpid(id, nil, 0)
    }
}
