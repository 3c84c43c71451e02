import Glibc
import NIOCore
import NIOPosix

/// One connection through the network: a socket to the client, one to the exchange, and what lies between them.
final class FaultyLink {
    private let client: any Channel
    private let core: FaultyNetwork.Core
    private var exchange: (any Channel)?
    /// What the client said before the exchange was reached.
    private var early: [ByteBuffer] = []
    private var splitter = FrameSplitter()
    /// Messages on their way, each with how many others still pass it.
    private var waiting: [(message: ByteBuffer, passes: Int)] = []
    private var isOver = false
    /// Once silent, a link stays so: the other end has forgotten it.
    private var isDead = false

    private(set) lazy var clientEnd = LinkEnd(
        onBytes: { [unowned self] in toExchange($0) },
        onEnd: { [unowned self] in end(closing: exchange) }
    )

    init(client: any Channel, core: FaultyNetwork.Core) {
        self.client = client
        self.core = core
    }

    func connect(to port: Int) {
        let exchangeEnd = LinkEnd(
            onBytes: { [weak self] in self?.fromExchange($0) },
            onEnd: { [weak self] in
                guard let self, !isDead, !core.weather.isHalfOpen else { return }
                end(closing: client)
            }
        )
        let bound = NIOLoopBound(exchangeEnd, eventLoop: client.eventLoop)
        ClientBootstrap(group: client.eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .assumeIsolated()
            .whenComplete { [weak self] result in
                switch result {
                case .success(let channel): self?.reached(channel)
                case .failure: if let self { self.end(closing: self.client) }
                }
            }
    }

    /// Lets go on what the weather allows.
    func pump() {
        if core.weather.isHalfOpen { isDead = true }
        guard !core.weather.isStalled, !isDead else { return }
        // Fair weather holds nothing back.
        let isFair = core.weather.lateShare == 0 && core.weather.swapShare == 0
        var index = waiting.startIndex
        while index < waiting.endIndex {
            guard isFair || waiting[index].passes <= 0 else {
                index += 1
                continue
            }
            client.write(waiting.remove(at: index).message, promise: nil)
        }
        client.flush()
    }

    /// Closes both ends; the client's without a word of parting.
    func reset() {
        let client = client
        let isHard = (client as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        (isHard ?? client.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in client.close(promise: nil) }
        end(closing: exchange)
    }

    private func reached(_ channel: any Channel) {
        guard !isOver else { return channel.close(promise: nil) }
        exchange = channel
        for bytes in early { channel.write(bytes, promise: nil) }
        early = []
        channel.flush()
    }

    private func toExchange(_ bytes: ByteBuffer) {
        guard !isDead else { return }
        guard let exchange else { return early.append(bytes) }
        exchange.writeAndFlush(bytes, promise: nil)
    }

    private func fromExchange(_ bytes: ByteBuffer) {
        guard !isDead else { return }
        for message in splitter.split(bytes) { send(message) }
        pump()
    }

    private func send(_ message: FrameSplitter.Piece) {
        for index in waiting.indices { waiting[index].passes -= 1 }
        // The handshake's answer is no message and is never disturbed.
        guard message.isFrame else { return waiting.append((message.bytes, 0)) }
        let (weather, chance) = (core.weather, core.chance())
        var passes = 0
        var copies = 1
        if chance < weather.lossShare {
            copies = 0
        } else if chance < weather.lossShare + weather.doubleShare {
            copies = 2
        } else if chance < weather.lossShare + weather.doubleShare + weather.swapShare {
            passes = 1
        } else if chance < weather.lossShare + weather.doubleShare + weather.swapShare + weather.lateShare {
            passes = weather.latenessMessages
        }
        if copies != 1 || passes != 0 { core.disturbedCount += 1 }
        for _ in 0..<copies { waiting.append((message.bytes, passes)) }
    }

    private func end(closing other: (any Channel)?) {
        isOver = true
        core.ended(self)
        other?.close(promise: nil)
    }
}

/// One socket's handler.
final class LinkEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let onBytes: (ByteBuffer) -> Void
    private let onEnd: () -> Void

    init(onBytes: @escaping (ByteBuffer) -> Void, onEnd: @escaping () -> Void) {
        self.onBytes = onBytes
        self.onEnd = onEnd
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { onBytes(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { onEnd() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// Cuts what a server sends into the answer to the handshake and the WebSocket frames after it.
struct FrameSplitter {
    struct Piece {
        let bytes: ByteBuffer
        let isFrame: Bool
    }

    private var rest = ByteBuffer()
    private var isPastHandshake = false

    mutating func split(_ bytes: ByteBuffer) -> [Piece] {
        rest.writeImmutableBuffer(bytes)
        var pieces: [Piece] = []
        while let length = isPastHandshake ? frameLength : headLength, rest.readableBytes >= length,
            let piece = rest.readSlice(length: length)
        {
            pieces.append(Piece(bytes: piece, isFrame: isPastHandshake))
            isPastHandshake = true
        }
        rest.discardReadBytes()
        return pieces
    }

    private var headLength: Int? {
        let view = rest.readableBytesView
        guard let end = view.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]) else { return nil }
        return end.upperBound - view.startIndex
    }

    /// Of a frame that a server sends, unmasked.
    private var frameLength: Int? {
        guard let second = rest.getInteger(at: rest.readerIndex + 1, as: UInt8.self) else { return nil }
        switch second & 0x7F {
        case 126: return rest.getInteger(at: rest.readerIndex + 2, as: UInt16.self).map { 4 + Int($0) }
        case 127: return rest.getInteger(at: rest.readerIndex + 2, as: UInt64.self).map { 10 + Int($0) }
        case let length: return 2 + Int(length)
        }
    }
}
