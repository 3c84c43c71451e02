import NIOCore
import NIOPosix

@testable import ExchangeSimulator

/// Speaks just enough WebSocket and HTTP over a plain socket to test a server from outside.
struct StreamClient {
    enum Failure: Error {
        case closed
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ByteBuffer()

    /// Connects, runs `body`, disconnects.
    static func with<Result: Sendable>(
        port: Int,
        _ body: @Sendable (inout StreamClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var client = StreamClient(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&client)
        }
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Upgrades to the public stream of a product line.
    mutating func upgrade(_ category: String = "linear") async throws -> String {
        let request = """
            GET /v5/public/\(category) HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n
            """
        try await outbound.write(ByteBuffer(string: request))
        return try await head()
    }

    /// One GET; gives status line and headers, then the body.
    mutating func get(_ path: String) async throws -> (head: String, body: JSONValue) {
        try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        let head = try await head()
        let length =
            head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
        while received.readableBytes < length { try await more() }
        return (head, try JSONReader.read(received.readBytes(length: length) ?? []))
    }

    /// Sends one masked frame (with a mask of zeros).
    func send(_ text: String, opcode: UInt8 = 1) async throws {
        var frame = ByteBuffer(bytes: [0x80 | opcode])
        let count = text.utf8.count
        if count < 126 {
            frame.writeInteger(UInt8(0x80 | count))
        } else {
            frame.writeInteger(UInt8(0x80 | 126))
            frame.writeInteger(UInt16(count))
        }
        frame.writeBytes([0, 0, 0, 0])
        frame.writeString(text)
        try await outbound.write(frame)
    }

    /// The next frame's opcode and payload; throws ``Failure/closed`` at the end of the connection.
    mutating func frame() async throws -> (opcode: UInt8, payload: [UInt8]) {
        let first = try await byte()
        let short = try await byte() & 0x7F
        var length = Int(short)
        if short >= 126 {
            length = 0
            for _ in 0..<(short == 126 ? 2 : 8) { length = length << 8 | Int(try await byte()) }
        }
        while received.readableBytes < length { try await more() }
        return (first & 0x0F, received.readBytes(length: length) ?? [])
    }

    /// The next text frame as JSON.
    mutating func json() async throws -> JSONValue {
        while true {
            let frame = try await frame()
            if frame.opcode == 1 { return try JSONReader.read(frame.payload) }
        }
    }

    /// The next message that is no push.
    mutating func ack() async throws -> JSONValue {
        while true {
            let message = try await json()
            if message["topic"] == nil { return message }
        }
    }

    private mutating func head() async throws -> String {
        while true {
            let bytes = received.readableBytesView
            if let end = String(decoding: bytes, as: UTF8.self).utf8.firstRange(of: Array("\r\n\r\n".utf8)) {
                let text = String(decoding: bytes, as: UTF8.self)
                let length = text.utf8.distance(from: text.utf8.startIndex, to: end.upperBound)
                return received.readString(length: length) ?? ""
            }
            try await more()
        }
    }

    private mutating func byte() async throws -> UInt8 {
        while true {
            if let byte = received.readInteger(as: UInt8.self) { return byte }
            try await more()
        }
    }

    private mutating func more() async throws {
        guard var next = try await inbound.next() else { throw Failure.closed }
        received.writeBuffer(&next)
    }
}
