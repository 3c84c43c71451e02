import NIOCore
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

    private let core: SimulatorCore
    private let category: Category
    private let acks: AckEncoder
    private var subscriptions: Set<Subscription> = []
    private var channel: (any Channel)?
    private var held: [ByteBuffer] = []
    private var heldBytes = 0
    private var mutedUntil = NIODeadline.uptimeNanoseconds(0)
    private var isClosing = false

    init(core: SimulatorCore, category: Category, connectionID: String) {
        self.core = core
        self.category = category
        acks = AckEncoder(category: category, connectionID: connectionID)
    }

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

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func leave() {
        guard channel != nil else { return }
        channel = nil
        for subscription in subscriptions { core.exchange.unsubscribe(self, from: subscription) }
        subscriptions = []
        held = []
        core.closed(self)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: answer(Array(frame.unmaskedData.readableBytesView))
        case .binary: deliver(acks.ack(op: "", id: nil, success: false, message: "error:request is binary"))
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

    private func answer(_ frame: [UInt8]) {
        let request = ClientRequest(frame)
        switch request.operation {
        case .ping: deliver(acks.pong(id: request.id, nowMs: core.exchange.nowMs))
        case .invalid(let op, let why):
            deliver(acks.ack(op: op, id: request.id, success: false, message: why))
        case .subscribe(let topics): subscribe(topics, id: request.id)
        case .unsubscribe(let topics): unsubscribe(topics, id: request.id)
        }
    }

    private func subscribe(_ topics: [String], id: String?) {
        func fail(_ why: String) { deliver(acks.ack(op: "subscribe", id: id, success: false, message: why)) }
        if let refusal = ClientRequest.refusal(of: topics, category: category) { return fail(refusal) }
        if core.rejectsSubscriptions { return fail("error:system busy, try again later") }
        guard category != .option else {
            return deliver(acks.commandResponse(failed: topics, succeeded: []))
        }
        var fresh: [Subscription] = []
        for text in topics {
            guard let topic = Topic(text), core.exchange.lists(topic.symbol, in: category) else {
                return fail("error:handler not found,topic:" + text)
            }
            let subscription = Subscription(topic, category: category)
            guard !subscriptions.contains(subscription), !fresh.contains(subscription) else {
                return fail("error:already subscribed,topic:" + text)
            }
            fresh.append(subscription)
        }
        deliver(acks.done(op: "subscribe", id: id))
        for subscription in fresh {
            subscriptions.insert(subscription)
            core.exchange.subscribe(self, to: subscription)
        }
        core.subscribed()
    }

    private func unsubscribe(_ topics: [String], id: String?) {
        guard category != .option else {
            return deliver(acks.commandResponse(failed: topics, succeeded: []))
        }
        for text in topics {
            guard let topic = Topic(text) else {
                let why = "error:handler not found,topic:" + text
                return deliver(acks.ack(op: "unsubscribe", id: id, success: false, message: why))
            }
            let subscription = Subscription(topic, category: category)
            guard subscriptions.remove(subscription) != nil else { continue }
            core.exchange.unsubscribe(self, from: subscription)
        }
        deliver(acks.done(op: "unsubscribe", id: id))
    }

    // MARK: Pushes

    /// Queues one text message; a client whose queue is full is cut off.
    func deliver(_ message: ByteBuffer) {
        guard NIODeadline.now() >= mutedUntil else { return }
        guard core.isSlow else { return write(WebSocketFrame(fin: true, opcode: .text, data: message)) }
        held.append(message)
        heldBytes += message.readableBytes
        if heldBytes > core.options.sendQueueBytesMax { cutOff() }
    }

    func flush() {
        channel?.flush()
    }

    /// Lets go what was held back.
    func release() {
        for message in held { write(WebSocketFrame(fin: true, opcode: .text, data: message)) }
        held = []
        heldBytes = 0
        flush()
    }

    func mute(for duration: TimeAmount) {
        mutedUntil = .now() + duration
    }

    /// Sends one frame past every fault, as it is.
    func sendRaw(_ opcode: WebSocketOpcode, _ bytes: ByteBuffer) {
        write(WebSocketFrame(fin: true, opcode: opcode, data: bytes))
    }

    /// Closes without a closing frame.
    func cut() {
        channel?.close(promise: nil)
    }

    private func write(_ frame: WebSocketFrame) {
        guard let channel, !isClosing else { return }
        channel.write(frame, promise: nil)
        core.wrote(self)
        // The high-water mark of the channel is the bound of the send queue.
        if !channel.isWritable { cutOff() }
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
