import NIOCore
import NIOWebSocket

/// Hears the client's messages at the end of the pipeline; the first one starts the sending.
final class RequestReader: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame

    private let sender: FrameSender

    init(sender: FrameSender) { self.sender = sender }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard frame.opcode == .text else { return }
        sender.hear(String(buffer: frame.unmaskedData))
    }
}

/// Writes before the WebSocket's own encoder: bytes that are frames already.
final class FrameSender: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let framesPerChunk = 256
    /// So many chunks are on their way at once.
    private static let chunksMax = 8
    private static let tick = TimeAmount.microseconds(100)

    private let program: FrameServer.Program
    private let isSecure: Bool
    private var context: ChannelHandlerContext?
    private var isSending = false
    private var sentCount = 0
    private var startedAt: UInt64 = 0

    init(_ program: FrameServer.Program, isSecure: Bool) {
        self.program = program
        self.isSecure = isSecure
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func hear(_ text: String) {
        acknowledge(text)
        guard !isSending else { return }
        isSending = true
        startedAt = Stopwatch.monotonic
        switch program {
        case .flood(let frame, let count): for _ in 0..<Self.chunksMax { flood(frame, count) }
        case .paced(let perSecond, let count): pace(perSecond, count)
        }
    }

    /// A client of ours asks for topics and wants to hear that it has them.
    private func acknowledge(_ text: String) {
        guard let context, text.contains("subscribe"), let name = text.firstRange(of: "\"req_id\":\"") else {
            return
        }
        let id = text[name.upperBound...].prefix { $0 != "\"" }
        let answer =
            "{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"bench\",\"req_id\":\"\(id)\",\"op\":\"subscribe\"}"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: FrameServer.frame(answer))), promise: nil)
    }

    private func flood(_ frame: [UInt8], _ count: Int) {
        guard let context, sentCount < count else { return }
        let share = min(Self.framesPerChunk, count - sentCount)
        sentCount += share
        let promise = context.eventLoop.makePromise(of: Void.self)
        if isSecure {
            // A record of its own for each frame, as a server that writes frame by frame makes them.
            let one = ByteBuffer(bytes: frame)
            for _ in 1..<share { context.write(wrapOutboundOut(one), promise: nil) }
            context.writeAndFlush(wrapOutboundOut(one), promise: promise)
        } else {
            var chunk = context.channel.allocator.buffer(capacity: frame.count * share)
            for _ in 0..<share { chunk.writeBytes(frame) }
            context.writeAndFlush(wrapOutboundOut(chunk), promise: promise)
        }
        promise.futureResult.assumeIsolated().whenSuccess { self.flood(frame, count) }
    }

    private func pace(_ perSecond: Int, _ count: Int) {
        guard let context, sentCount < count else { return }
        let elapsed = Double(Stopwatch.monotonic - startedAt) / 1e9
        let due = min(count, Int(elapsed * Double(perSecond)) + 1)
        while sentCount < due {
            sentCount += 1
            let frame = FrameServer.frame(StampedTrade.text(at: Stopwatch.monotonic))
            context.write(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: nil)
        }
        context.flush()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.tick) { bound.value.pace(perSecond, count) }
    }
}

/// A trade that carries the moment of its sending as its id.
enum StampedTrade {
    /// Makes every stamp nineteen digits long.
    private static let offset: UInt64 = 1_000_000_000_000_000_000

    static func text(at nanoseconds: UInt64) -> String {
        """
        {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1700000000002,"data":[{"T":1700000000000,\
        "s":"BTCUSDT","S":"Buy","v":"0.001","p":"60000.10","L":"PlusTick","i":"\(offset + nanoseconds)",\
        "BT":false,"RPI":false,"seq":66544703342}]}
        """
    }

    static func sent(_ id: UInt64) -> UInt64 { id - offset }
}
