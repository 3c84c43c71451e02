import Glibc
import NIOCore
import NIOPosix
import NIOWebSocket

/// One client connection on the public stream: its requests in, acks and pushes out.
///
/// Confined to the event loop. Writes are gathered and flushed by ``SimulatorCore``; nothing here closes a
/// channel while a push is being handed out.
final class Session: ChannelInboundHandler, Subscriber {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    static let frameBytesMax = 1 << 20
    static let fragmentsMax = 64
    /// A connection with neither requests nor pushes for so long is cut.
    static let idleMax = TimeAmount.minutes(10)

    private let core: SimulatorCore
    private let desk: RequestDesk
    private var channel: (any Channel)?
    private var outbox = Outbox()
    private var mutedUntil = NIODeadline.uptimeNanoseconds(0)
    private var lastUsed = NIODeadline.now()
    private var isClosing = false
    private(set) var isDead = false

    init(core: SimulatorCore, path: StreamPath, connectionID: String) {
        self.core = core
        desk = RequestDesk(core: core, path: path, connectionID: connectionID)
    }

    var hasSubscriptions: Bool { !desk.subscriptions.isEmpty }

    /// The client does not read as fast as it is written to.
    var isBackedUp: Bool { channel.map { !$0.isWritable } ?? false }

    // MARK: Connection

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        core.opened(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        core.writabilityChanged()
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func leave() {
        guard channel != nil else { return }
        channel = nil
        desk.leave(self)
        outbox = Outbox()
        core.closed(self)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDead else { return }
        lastUsed = .now()
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: desk.answer(Array(frame.unmaskedData.readableBytesView), to: self)
        case .binary: desk.refuseBinary(to: self)
        case .ping where NIODeadline.now() >= mutedUntil:
            write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
        case .connectionClose:
            write(WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData))
            context.flush()
            context.close(promise: nil)
        default: break
        }
        flush()
    }

    // MARK: Messages

    /// Queues one push, which faults may lose, double or make late.
    func deliver(_ message: ByteBuffer) {
        if core.faults.isQuiet, outbox.isEmpty { return emit(message) }
        switch core.faults.fateOfNextPush() {
        case .sent:
            emit(message)
            if let late = outbox.takeLate() { emit(late) }
        case .lost: break
        case .doubled:
            emit(message)
            emit(message)
        case .late:
            if let waiting = outbox.takeLate() { emit(waiting) }
            outbox.late = message
        }
    }

    /// Queues one message; a client whose queue is full is cut off.
    func emit(_ message: ByteBuffer) {
        guard !isDead, mutedUntil.uptimeNanoseconds == 0 || NIODeadline.now() >= mutedUntil else { return }
        lastUsed = .now()
        if core.faults.isQuiet, outbox.isEmpty {
            return write(WebSocketFrame(fin: true, opcode: .text, data: message))
        }
        if core.faults.holdsBack || outbox.hasHeld {
            // What was held back goes first, even if the fault has just ended.
            outbox.hold(message)
        } else if core.faults.isOn(.delay) || outbox.hasDelayed {
            outbox.delay(message, until: .now() + (core.faults.isOn(.delay) ? core.faults.delay : .zero))
        } else {
            return write(WebSocketFrame(fin: true, opcode: .text, data: message))
        }
        if outbox.bytes > core.options.sendQueueBytesMax { cutOff() }
    }

    func flush() {
        channel?.flush()
    }

    /// Lets go what was held back, and of what was delayed all that is due.
    func release() {
        guard !outbox.isEmpty, !isDead else { return }
        let due = outbox.take(includingHeld: !core.faults.isOn(.stall), at: .now())
        for message in due { write(WebSocketFrame(fin: true, opcode: .text, data: message)) }
        flush()
    }

    // MARK: Faults

    func mute(for duration: TimeAmount) {
        mutedUntil = .now() + duration
    }

    /// Sends one frame past every fault, as it is.
    func sendRaw(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer) {
        write(WebSocketFrame(fin: true, opcode: opcode, data: bytes))
    }

    /// Closes without a closing frame; what is not sent yet is lost.
    func cut() {
        channel?.close(promise: nil)
    }

    /// Closes with a TCP reset.
    func reset() {
        guard let channel, let socket = channel as? any SocketOptionProvider else { return cut() }
        // Without lingering, what is unsent is dropped and the peer gets a reset.
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
            channel.close(promise: nil)
        }
    }

    /// Closes when everything queued is sent, with the closing frame of a server that goes down.
    func retire() {
        guard !isDead, !isClosing else { return cut() }
        _ = retired()
    }

    /// The same, and tells when the connection is closed.
    func retired() -> EventLoopFuture<Void> {
        guard let channel else { return core.eventLoop.makeSucceededVoidFuture() }
        guard !isClosing, !isDead else {
            channel.close(promise: nil)
            return channel.closeFuture
        }
        isClosing = true
        var reason = ByteBuffer()
        reason.write(webSocketErrorCode: .goingAway)
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: reason))
            .whenComplete { _ in channel.close(promise: nil) }
        return channel.closeFuture
    }

    /// Neither reads nor writes ever again; the socket stays open.
    func die() {
        isDead = true
        outbox = Outbox()
        _ = channel?.setOption(.autoRead, value: false)
    }

    /// Cuts a connection nobody used for too long.
    func cutIfIdle(at now: NIODeadline) {
        if now - lastUsed > Session.idleMax { cut() }
    }

    // MARK: Private

    private func write(_ frame: WebSocketFrame) {
        guard let channel, !isClosing, !isDead else { return }
        channel.write(frame, promise: nil)
        core.wrote(self)
        // The high-water mark of the channel is the bound of the send queue.
        if !channel.isWritable, !core.waitsForClients { cutOff() }
    }

    private func cutOff() {
        guard !isClosing, let channel else { return }
        isClosing = true
        core.options.notice(
            "a client that does not read was cut off: \(core.options.sendQueueBytesMax) bytes unsent"
        )
        // Closing at once would change the subscriptions while a push is being handed out.
        channel.eventLoop.execute { channel.close(promise: nil) }
    }
}
