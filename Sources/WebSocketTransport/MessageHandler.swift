import NIOCore

/// The end of an open connection's pipeline: received bytes in, messages out, the protocol's duties done.
final class MessageHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: WebSocketConnection
    private var reader: FrameReader
    /// After a close frame or a broken rule nothing is read any more.
    private var isOver = false

    init(connection: WebSocketConnection) {
        self.connection = connection
        let configuration = connection.configuration
        reader = FrameReader(
            messageBytesMax: configuration.frameBytesMax,
            fragmentCountMax: configuration.fragmentCountMax
        )
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        let buffer = unwrapInboundIn(data)
        let failure: FrameError? = unsafe buffer.withUnsafeReadableBytes { bytes in
            do throws(FrameError) {
                unsafe try reader.read(bytes) { message, payload in
                    unsafe handle(message, payload, context)
                }
                return nil
            } catch {
                return error
            }
        }
        if let failure { broke(failure) }
    }

    /// Does what a message asks for; whether reading goes on.
    @inline(__always)
    private func handle(
        _ message: FrameReader.Message,
        _ payload: UnsafeRawBufferPointer,
        _ context: ChannelHandlerContext
    ) -> Bool {
        switch message {
        case .text: connection.received(text: unsafe payload.bytes)
        case .binary, .pong: connection.heardFromPeer()
        case .ping:
            let pong = unsafe FrameText.frame(
                .pong,
                payload,
                mask: .random(in: 0...(.max)),
                allocator: context.channel.allocator
            )
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
            connection.heardFromPeer()
        case .close:
            isOver = true
            do throws(FrameError) {
                let (code, reason) = unsafe try FrameText.close(payload)
                connection.receivedClose(code: code, reason: reason)
            } catch {
                broke(error)
            }
        }
        return !isOver
    }

    private func broke(_ error: FrameError) {
        isOver = true
        connection.broke(error.description, code: error.closeCode)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.broke(ErrorText.of(error), code: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        connection.closed()
        context.fireChannelInactive()
    }
}
