import NIOCore
import NIOWebSocket

/// The end of an open connection's pipeline: whole frames in, the protocol's duties done.
final class MessageHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let connection: WebSocketConnection

    init(connection: WebSocketConnection) { self.connection = connection }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text:
            // Servers don't mask, so that this is the received bytes themselves.
            let data = frame.maskKey == nil ? frame.data : frame.unmaskedData
            connection.received(text: data.readableBytesSpan)
        case .ping:
            let pong = WebSocketFrame(fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
            connection.heardFromPeer()
        case .connectionClose:
            var data = frame.unmaskedData
            let code = data.readWebSocketErrorCode()
            connection.receivedClose(code: code, reason: data.readString(length: data.readableBytes) ?? "")
        default:
            connection.heardFromPeer()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let code: WebSocketErrorCode?
        switch error {
        case NIOWebSocketError.invalidFrameLength: code = .messageTooLarge
        case NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge,
            NIOWebSocketFrameAggregator.Error.tooManyFragments:
            code = .messageTooLarge
        case is NIOWebSocketError, is NIOWebSocketFrameAggregator.Error: code = .protocolError
        default: code = nil
        }
        connection.broke("\(error)", code: code)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.closed()
        context.fireChannelInactive()
    }
}
