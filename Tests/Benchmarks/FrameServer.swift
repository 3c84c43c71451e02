import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A WebSocket server that answers the upgrade and then only writes ready bytes, so that the client is what is measured.
final class FrameServer {
    /// What it sends, once a client has said something.
    enum Program: Sendable {
        /// The same text frame so many times, as fast as the socket takes it.
        case flood(frame: [UInt8], count: Int)
        /// Trades stamped with the time of sending, so many a second and so many in all.
        case paced(perSecond: Int, count: Int)
    }

    let port: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    init(_ program: Program, tls: NIOSSLContext?) throws {
        let bootstrap = ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try Self.prepare(channel, program, tls) }
            }
        let channel = try bootstrap.bind(host: "127.0.0.1", port: 0).wait()
        port = channel.localAddress?.port ?? 0
    }

    func stop() throws { try group.syncShutdownGracefully() }

    private static func prepare(_ channel: any Channel, _ program: Program, _ tls: NIOSSLContext?) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        let sender = FrameSender(program, isSecure: tls != nil)
        try pipeline.addHandler(sender)
        let bound = NIOLoopBound(sender, eventLoop: channel.eventLoop)
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RequestReader(sender: bound.value))
                }
            }
        )
        try pipeline.configureHTTPServerPipeline(
            withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in })
        )
    }

    /// One unmasked text frame of up to 65,535 bytes.
    static func frame(_ text: String) -> [UInt8] {
        let body = Array(text.utf8)
        let head: [UInt8] =
            body.count < 126
            ? [0x81, UInt8(body.count)] : [0x81, 126, UInt8(body.count >> 8), UInt8(body.count & 0xFF)]
        return head + body
    }
}
