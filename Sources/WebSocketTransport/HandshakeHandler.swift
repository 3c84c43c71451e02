import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks for the upgrade and hears the answers that are none; leaves the pipeline when it is granted.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let connection: WebSocketConnection

    init(connection: WebSocketConnection) { self.connection = connection }

    func channelActive(context: ChannelHandlerContext) {
        let headers: HTTPHeaders = [
            "Host": connection.address.hostHeader, "User-Agent": "tradebot", "Content-Length": "0",
        ]
        let head = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: connection.address.path,
            headers: headers
        )
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    /// Only a refusal comes as far as here; the grant is taken by the upgrader before.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        connection.fail(.upgrade(status: head.status.code, why: head.status.reasonPhrase))
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        connection.fail(connection.reason(of: error, certificate: tls?.peerCertificate))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let address = connection.address
        let why = "the connection was closed before the upgrade was answered"
        connection.fail(.refused(host: address.host, port: address.port, why: why))
        context.fireChannelInactive()
    }
}
