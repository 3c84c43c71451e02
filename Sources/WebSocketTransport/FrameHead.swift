/// What stands before a frame's payload, read from the bytes of a server.
///
/// - Shape: RFC 6455, section 5.2, strictly: no extension, nothing masked, lengths in their shortest form.
/// - Errors: ``FrameError``; the connection is then closed with the error's code.
struct FrameHead: Equatable {
    enum Opcode: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    private static let controlBytesMax = 125

    let opcode: Opcode
    let isFinal: Bool
    /// Of the head itself; the payload follows.
    let byteCount: Int
    let payloadCount: Int

    /// Reads the head at the start of `bytes`; nil where more bytes are needed to know it.
    @inline(__always)
    init?(_ bytes: UnsafeRawBufferPointer, payloadMax: Int) throws(FrameError) {
        guard bytes.count >= 2 else { return nil }
        let (first, second) = unsafe (bytes[0], bytes[1])
        guard first & 0x70 == 0 else { throw .reserved }
        guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .opcode(first & 0x0F) }
        guard second & 0x80 == 0 else { throw .masked }
        self.opcode = opcode
        isFinal = first & 0x80 != 0
        let short = Int(second)
        if opcode.isControl, short > Self.controlBytesMax || !isFinal { throw .control }
        switch short {
        case 126:
            guard bytes.count >= 4 else { return nil }
            byteCount = 4
            payloadCount = unsafe Int(bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self).bigEndian)
            guard payloadCount > 125 else { throw .length }
        case 127:
            guard bytes.count >= 10 else { return nil }
            byteCount = 10
            let long = unsafe bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self).bigEndian
            guard long > 0xFFFF, long < 1 << 63 else { throw .length }
            guard long <= UInt64(payloadMax) else { throw .tooLong(limit: payloadMax) }
            payloadCount = Int(long)
        default:
            byteCount = 2
            payloadCount = short
        }
        guard payloadCount <= payloadMax else { throw .tooLong(limit: payloadMax) }
    }
}

/// What a server did that a WebSocket server must not do.
enum FrameError: Error, Equatable {
    case reserved
    case opcode(UInt8)
    case masked
    /// A control frame that is long or in pieces.
    case control
    case length
    case tooLong(limit: Int)
    case fragments(limit: Int)
    /// A fragment without a beginning, or a message inside another one.
    case sequence
    case close

    /// The close code that it is answered with.
    var closeCode: UInt16 {
        switch self {
        case .tooLong, .fragments: 1_009
        default: 1_002
        }
    }
}

extension FrameError: CustomStringConvertible {
    var description: String {
        switch self {
        case .reserved: "a frame has reserved bits set: no extension was agreed on"
        case .opcode(let code): "a frame has the unknown opcode \(code)"
        case .masked: "a frame of the server is masked"
        case .control: "a control frame is longer than 125 bytes or in pieces"
        case .length: "a frame's length is not written in its shortest form"
        case .tooLong(let limit): "a message is longer than \(limit) bytes"
        case .fragments(let limit): "a message came in more than \(limit) pieces"
        case .sequence: "a message's pieces are out of order"
        case .close: "a close frame has no valid code"
        }
    }
}
