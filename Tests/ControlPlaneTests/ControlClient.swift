import ControlProtocol
import NIOCore
import NIOPosix

/// A client of the control socket: lines out, frames in.
struct ControlClient {
    struct Ended: Error {}

    private let channel: any NIOCore.Channel
    private let reader: Reader

    /// Connects; `opening` goes out from the event loop at once, within the daemon's two seconds on any machine.
    init(_ path: String, on group: any EventLoopGroup, opening: [UInt8] = []) async throws {
        let (lines, sink) = AsyncStream.makeStream(of: [UInt8].self)
        channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LineHandler(sink, opening))
                }
            }
            .connect(unixDomainSocketPath: path).get()
        reader = Reader(lines.makeAsyncIterator())
    }

    /// The next frame; nil when the daemon has closed.
    func next() async throws -> ServerFrame? { try await reader.next().map { try ServerFrame(decoding: $0) } }

    /// The next frame that is no heartbeat and no event: an answer.
    func answer() async throws -> ServerFrame {
        while let frame = try await next() {
            switch frame {
            case .ok, .error: return frame
            case .greeting, .event, .gap, .heartbeat: continue
            }
        }
        throw Ended()
    }

    func send(_ frame: ClientFrame) async throws { try await send(frame.encodedLine()) }
    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }
    func send(_ text: String) async throws { try await send(Array(text.utf8)) }
    func close() async throws { try? await channel.close() }

    private final class Reader {
        private var lines: AsyncStream<[UInt8]>.Iterator

        init(_ lines: AsyncStream<[UInt8]>.Iterator) { self.lines = lines }

        func next() async -> [UInt8]? { await lines.next(isolation: nil) }
    }

    private final class LineHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let sink: AsyncStream<[UInt8]>.Continuation
        private var framer = LineFramer(lineBytesMax: ControlLimits.lineOutBytesMax)

        private let opening: [UInt8]

        init(_ sink: AsyncStream<[UInt8]>.Continuation, _ opening: [UInt8]) {
            self.sink = sink
            self.opening = opening
        }

        func channelActive(context: ChannelHandlerContext) {
            guard !opening.isEmpty else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: opening)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            framer.append(unwrapInboundIn(data).readableBytesView)
            while let line = try? framer.next() { sink.yield(line) }
        }

        func channelInactive(context: ChannelHandlerContext) { sink.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
