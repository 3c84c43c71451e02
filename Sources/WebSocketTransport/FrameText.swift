import NIOCore

/// Writes a client's frames: one piece each, masked as a client must.
enum FrameText {
    /// The frame of `opcode` around `payload`, masked with `mask`.
    static func frame(
        _ opcode: FrameHead.Opcode,
        _ payload: some Collection<UInt8>,
        mask: UInt32,
        allocator: ByteBufferAllocator
    ) -> ByteBuffer {
        let count = payload.count
        var buffer = allocator.buffer(capacity: count + 14)
        buffer.writeInteger(0x80 | opcode.rawValue)
        switch count {
        case ...125: buffer.writeInteger(0x80 | UInt8(count))
        case ...0xFFFF:
            buffer.writeInteger(0x80 | UInt8(126))
            buffer.writeInteger(UInt16(count))
        default:
            buffer.writeInteger(0x80 | UInt8(127))
            buffer.writeInteger(UInt64(count))
        }
        buffer.writeInteger(mask)
        let key = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: mask >> $0) }
        buffer.writeBytes(zip(payload, 0...).lazy.map { byte, index in byte ^ key[index & 3] })
        return buffer
    }

    /// The payload of a close frame.
    static func close(code: UInt16) -> [UInt8] { [UInt8(code >> 8), UInt8(code & 0xFF)] }

    /// Reads a close frame's payload; throws for a code that no one may send.
    static func close(_ payload: UnsafeRawBufferPointer) throws(FrameError) -> (code: UInt16?, reason: String)
    {
        guard payload.count > 0 else { return (nil, "") }
        guard payload.count >= 2 else { throw .close }
        let code = unsafe payload.loadUnaligned(as: UInt16.self).bigEndian
        switch code {
        case 1_000...1_003, 1_007...1_014, 3_000...4_999: break
        default: throw .close
        }
        guard let reason = unsafe String(validating: payload.dropFirst(2), as: UTF8.self) else {
            throw .close
        }
        return (code, reason)
    }
}
