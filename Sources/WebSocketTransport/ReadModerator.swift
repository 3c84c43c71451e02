import NIOCore

/// Takes more at once where small pieces come faster than they can well be taken one by one.
///
/// Each read costs a wake-up and some calls of the system, several times what a frame in it costs. While reads follow
/// each other too closely (``ReadPace``), the next one waits a little, as a network card moderates its interrupts:
/// under a flood one core then takes several times as many frames. Below that pace nothing ever waits.
///
/// Sits next to the socket. Holding a read back is back-pressure: nothing is lost, the rest waits in the socket.
final class ReadModerator: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var pace = ReadPace()
    private var byteCount = 0
    private var held: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        byteCount += unwrapInboundIn(data).readableBytes
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        pace.didRead(byteCount, at: .now())
        byteCount = 0
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        guard held == nil else { return }
        guard pace.isFlooded else { return context.read() }
        held = context.eventLoop.assumeIsolated().scheduleTask(in: ReadPace.pause) {
            self.held = nil
            context.read()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { held?.cancel() }
}
