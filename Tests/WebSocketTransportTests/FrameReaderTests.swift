import NIOCore
import Testing

@testable import WebSocketTransport

/// A server's frame, written with no help from the code under test.
private func frame(
    _ opcode: UInt8,
    _ payload: [UInt8],
    isFinal: Bool = true,
    lengthBytes: Int? = nil
) -> [UInt8] {
    let count = payload.count
    let first = (isFinal ? 0x80 : 0) | opcode
    switch lengthBytes ?? (count <= 125 ? 0 : count <= 0xFFFF ? 2 : 8) {
    case 0: return [first, UInt8(count)] + payload
    case 2: return [first, 126, UInt8(count >> 8), UInt8(count & 0xFF)] + payload
    default:
        return [first, 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) } + payload
    }
}

private func frame(_ opcode: UInt8, _ text: String, isFinal: Bool = true) -> [UInt8] {
    frame(opcode, Array(text.utf8), isFinal: isFinal)
}

/// Reads `pieces` one after the other, and gives what came out.
private func read(_ pieces: [[UInt8]], messageBytesMax: Int = 1 << 20) throws -> [String] {
    var reader = FrameReader(messageBytesMax: messageBytesMax, fragmentCountMax: 8)
    var heard: [String] = []
    for piece in pieces {
        let failure: FrameError? = unsafe piece.withUnsafeBytes { bytes in
            do throws(FrameError) {
                unsafe try reader.read(bytes) { message, payload in
                    heard.append("\(message) \(unsafe String(decoding: payload, as: UTF8.self))")
                    return message != .close
                }
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
    return heard
}

@Suite struct `Frame reader` {
    private static let stream =
        frame(1, "one") + frame(9, "are you there") + frame(1, "", isFinal: true)
        + frame(1, "fr", isFinal: false) + frame(10, "") + frame(0, "ag", isFinal: false)
        + frame(0, "ments") + frame(2, "bin") + frame(1, String(repeating: "m", count: 126))
        + frame(1, String(repeating: "l", count: 70_000)) + frame(8, [0x03, 0xE8])
    private static let heard = [
        "text one", "ping are you there", "text ", "pong ", "text fragments", "binary bin",
        "text " + String(repeating: "m", count: 126), "text " + String(repeating: "l", count: 70_000),
    ]

    @Test func `finds every message of one piece`() throws {
        let heard = try read([Self.stream])
        #expect(Array(heard.dropLast()) == Self.heard)
        #expect(heard.last?.hasPrefix("close") == true)
    }

    @Test func `finds the same wherever the network cuts`() throws {
        let stream = Self.stream
        // Every place near the heads; of the long payload's middle only some.
        let cuts = Array(0..<400) + Array(stride(from: 400, to: stream.count, by: 7_919)) + [stream.count - 1]
        for cut in cuts {
            let heard = try read([Array(stream[..<cut]), Array(stream[cut...])])
            #expect(Array(heard.dropLast()) == Self.heard, "cut at \(cut)")
        }
    }

    @Test(arguments: [1, 2, 3, 5, 13, 1_000]) func `finds the same in pieces of one size`(size: Int) throws {
        let stream = Self.stream
        let pieces = stride(from: 0, to: stream.count, by: size).map {
            Array(stream[$0..<min($0 + size, stream.count)])
        }
        #expect(Array(try read(pieces).dropLast()) == Self.heard)
    }

    @Test func `finds the same in random pieces`() throws {
        var random = `Reconnect backoff`.Lehmer(state: 11)
        for _ in 0..<50 {
            var (pieces, at) = ([[UInt8]](), 0)
            while at < Self.stream.count {
                let end = min(Self.stream.count, at + Int.random(in: 1...9_000, using: &random))
                pieces.append(Array(Self.stream[at..<end]))
                at = end
            }
            #expect(Array(try read(pieces).dropLast()) == Self.heard)
        }
    }

    @Test func `reads nothing after it was told to stop`() throws {
        #expect(try read([frame(8, "") + frame(1, "late")]) == ["close "])
    }

    @Test(arguments: [
        (frame(1, "a").map { $0 | 0x40 }, FrameError.reserved),
        (frame(3, "a"), .opcode(3)),
        ([0x81, 0x81, 1, 2, 3, 4, 0x60], .masked),
        (frame(9, "a", isFinal: false), .control),
        (frame(9, [UInt8](repeating: 0, count: 126)), .control),
        (frame(1, [1, 2, 3], lengthBytes: 2), .length),
        (frame(1, [1, 2, 3], lengthBytes: 8), .length),
        ([0x81, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0], .length),
        ([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0], .tooLong(limit: 1_000)),
        (frame(1, [UInt8](repeating: 0x20, count: 1_001)), .tooLong(limit: 1_000)),
        (frame(0, "a"), .sequence),
        (frame(1, "a", isFinal: false) + frame(1, "b"), .sequence),
        (
            frame(1, "a", isFinal: false) + frame(0, [UInt8](repeating: 0, count: 1_000)),
            .tooLong(limit: 1_000)
        ),
        (
            frame(1, "", isFinal: false)
                + (0..<8).flatMap { _ in frame(0, "", isFinal: false) }, .fragments(limit: 8)
        ),
    ]) func `refuses what a server must not send`(bytes: [UInt8], error: FrameError) {
        #expect(throws: error) { try read([bytes], messageBytesMax: 1_000) }
        #expect(throws: error) { try read(bytes.map { [$0] }, messageBytesMax: 1_000) }
    }

    @Test(arguments: [0, 1, 125, 126, 65_535, 65_536]) func `reads what a client writes, unmasked`(
        count: Int
    ) throws {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let mask: UInt32 = 0xA1B2_C3D4
        var sent = Array(
            FrameText.frame(.binary, payload, mask: mask, allocator: ByteBufferAllocator()).readableBytesView
        )
        let head = sent.count - count - 4
        #expect(sent[1] & 0x80 != 0)
        let key = Array(sent[head..<(head + 4)])
        #expect(key == [0xA1, 0xB2, 0xC3, 0xD4])
        for index in 0..<count { sent[head + 4 + index] ^= key[index & 3] }
        sent.removeSubrange(head..<(head + 4))
        sent[1] &= 0x7F
        let expected = "binary \(String(decoding: payload, as: UTF8.self))"
        #expect(try read([sent]) == [expected])
    }
}
