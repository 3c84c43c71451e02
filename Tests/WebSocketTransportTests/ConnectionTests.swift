import ExchangeSimulator
import Foundation
import NIOCore
import NIOPosix
import Testing
import WebSocketTransport

/// What a listener hears, as a stream.
enum Heard: Equatable, Sendable {
    case opened
    case text(String)
    case activity
    case ended(WebSocketEnd)
}

/// One connection on a loop of its own, told what to do from the test.
final class Probe: Sendable {
    private final class Ear: WebSocketListener {
        let voice: AsyncStream<Heard>.Continuation
        var connection: WebSocketConnection?
        init(_ voice: AsyncStream<Heard>.Continuation) { self.voice = voice }

        func webSocketDidOpen(_ connection: WebSocketConnection) { voice.yield(.opened) }
        func webSocketDidReceive(text: RawSpan) {
            let text = unsafe text.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
            voice.yield(.text(text))
        }
        func webSocketDidHearFromPeer() { voice.yield(.activity) }
        func webSocketDidEnd(_ end: WebSocketEnd) { voice.yield(.ended(end)) }
    }

    let heard: AsyncStream<Heard>
    private let ear: NIOLoopBoundBox<Ear>

    init(_ url: String, _ configuration: WebSocketConfiguration = WebSocketConfiguration()) throws {
        let address = try WebSocketAddress(url)
        let (heard, voice) = AsyncStream.makeStream(of: Heard.self)
        self.heard = heard
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let ear = NIOLoopBoundBox.makeBoxSendingValue(Ear(voice), eventLoop: loop)
        self.ear = ear
        loop.execute {
            let connection = WebSocketConnection(
                to: address,
                configuration: configuration,
                on: loop,
                listener: ear.value
            )
            ear.value.connection = connection
            connection.connect()
        }
    }

    func send(_ text: String) {
        let ear = ear
        ear.eventLoop.execute { ear.value.connection?.send(text: text) }
    }

    func close() {
        let ear = ear
        ear.eventLoop.execute { ear.value.connection?.close() }
    }

    /// Waits until `wanted` was heard, or the connection ended.
    func next(_ wanted: (Heard) -> Bool) async -> Heard? {
        for await one in heard {
            if wanted(one) { return one }
            if case .ended = one { return one }
        }
        return nil
    }

    func end() async -> WebSocketEnd? {
        guard case .ended(let end) = await next({ _ in false }) else { return nil }
        return end
    }
}

/// Answers every request alike.
private final class Busy: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let answer = ByteBuffer(string: "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `WebSocket connection` {
    @Test func `talks in plain and closes with a handshake`() async throws {
        let server = try SimulatorServer(options: SimulatorOptions())
        let port = try #require(await server.start().plain)
        let probe = try Probe("ws://127.0.0.1:\(port)/v5/public/linear")
        #expect(await probe.next { $0 == .opened } == .opened)
        probe.send(#"{"req_id":"1","op":"ping"}"#)
        let answer = await probe.next { if case .text = $0 { true } else { false } }
        guard case .text(let text) = answer else {
            Issue.record("no answer: \(String(describing: answer))")
            return
        }
        #expect(text.contains("pong"))
        probe.close()
        probe.close()
        #expect(await probe.end() == .closedByUs)
        await server.stop()
    }

    @Test func `trusts a certificate only where it was told to`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tradebot-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try SimulatorServer(
            options: SimulatorOptions(
                listen: nil,
                tlsListen: ListenAddress(port: 0),
                certificate: .selfSigned(directory: folder.path)
            )
        )
        let port = try #require(await server.start().tls)
        let trusting = WebSocketConfiguration(trust: try WebSocketTrust(caFile: folder.path + "/cert.pem"))
        for host in ["localhost", "127.0.0.1"] {
            let probe = try Probe("wss://\(host):\(port)/v5/public/linear", trusting)
            #expect(await probe.next { $0 == .opened } == .opened)
            probe.close()
        }
        let wary = WebSocketConfiguration(trust: try WebSocketTrust(caFile: nil))
        for configuration in [wary, WebSocketConfiguration()] {
            let probe = try Probe("wss://localhost:\(port)/v5/public/linear", configuration)
            guard case .failed(.tls) = await probe.end() else {
                Issue.record("a certificate nobody trusts was not refused as such")
                continue
            }
        }
        await server.stop()
    }

    @Test(arguments: [
        (TLSFault.expired, TLSFailure.expired), (.wrongHost, .hostname), (.untrusted, .untrusted),
    ]) func `tells what is wrong with a certificate`(fault: TLSFault, failure: TLSFailure) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tradebot-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try SimulatorServer(
            options: SimulatorOptions(
                listen: nil,
                tlsListen: ListenAddress(port: 0),
                certificate: .selfSigned(directory: folder.path)
            )
        )
        let port = try #require(await server.start().tls)
        // Its authority is trusted there, so that nothing but the name is wrong.
        let authority = fault == .wrongHost ? "/wrong-host.pem" : "/cert.pem"
        let trust = try WebSocketTrust(caFile: folder.path + authority)
        await server.inject(.tls(fault, .seconds(60)))
        let probe = try Probe(
            "wss://localhost:\(port)/v5/public/linear",
            WebSocketConfiguration(trust: trust)
        )
        let end = await probe.end()
        guard case .failed(.tls(let told, _)) = end else {
            Issue.record("no TLS failure: \(String(describing: end))")
            return
        }
        #expect(told == failure, "\(String(describing: end))")
        #expect(WebSocketError.tls(told, why: "").code == "tls.\(failure)")
        await server.stop()
    }

    @Test func `tells a refused upgrade by its status`() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Busy())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let refused = try await Probe("ws://127.0.0.1:\(port)/v5/public/linear").end()
        #expect(refused == .failed(.upgrade(status: 503, why: "Service Unavailable")))
        try await server.close()
    }

    @Test func `tells one failure from another`() async throws {
        let server = try SimulatorServer(options: SimulatorOptions())
        let port = try #require(await server.start().plain)
        await server.stop()
        let closed = try await Probe("ws://127.0.0.1:\(port)/v5/public/linear").end()
        guard case .failed(.refused) = closed else {
            Issue.record("no refused connection: \(String(describing: closed))")
            return
        }
        let unnamed = try await Probe("ws://host.invalid/").end()
        guard case .failed(.dns) = unnamed else {
            Issue.record("no unknown name: \(String(describing: unnamed))")
            return
        }
    }

    @Test func `gives up a server that never answers`() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        var configuration = WebSocketConfiguration()
        configuration.connectMilliseconds = 100
        let late = try await Probe("ws://127.0.0.1:\(port)/", configuration).end()
        #expect(late == .failed(.timeout(milliseconds: 100)))
        let called = try Probe("ws://127.0.0.1:\(port)/")
        called.close()
        #expect(await called.end() == .failed(.cancelled))
        try await server.close()
    }

    @Test func `ends by the peer's cut`() async throws {
        let server = try SimulatorServer(options: SimulatorOptions())
        let port = try #require(await server.start().plain)
        let probe = try Probe("ws://127.0.0.1:\(port)/v5/public/linear")
        #expect(await probe.next { $0 == .opened } == .opened)
        await server.inject(.drop(refusing: .zero))
        guard case .closedByPeer = await probe.end() else {
            Issue.record("the cut was not heard as one")
            return
        }
        await server.stop()
    }
}
