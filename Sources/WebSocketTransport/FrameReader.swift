/// Finds whole messages in what a server sends, where it was received: only what is in pieces is copied.
///
/// - Shape: bytes in, however the network cut them; each message once, in order, out.
/// - Errors: ``FrameError``; nothing may be read after one.
struct FrameReader {
    /// A message, or a control frame; valid only while it is handed over.
    enum Message {
        case text, binary, close, ping, pong
    }

    private let messageBytesMax: Int
    private let fragmentCountMax: Int
    /// The beginning of a frame whose rest has not come yet.
    private var begun: [UInt8] = []
    /// The pieces so far of a message in fragments, and how many there were.
    private var joined: [UInt8] = []
    private var joinedKind: Message?
    private var fragmentCount = 0

    init(messageBytesMax: Int, fragmentCountMax: Int) {
        self.messageBytesMax = messageBytesMax
        self.fragmentCountMax = fragmentCountMax
    }

    /// Reads what came in; `handle` gets each message and says whether to go on.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ handle: (Message, UnsafeRawBufferPointer) -> Bool
    ) throws(FrameError) {
        var at = 0
        while !begun.isEmpty {
            // Only as much as the begun frame needs is copied; what follows is read in place.
            let known = try begunHead()
            let needed = known.map { $0.byteCount + $0.payloadCount } ?? begun.count + 1
            let take = min(needed - begun.count, bytes.count - at)
            if take > 0 { unsafe begun.append(contentsOf: bytes[at..<(at + take)]) }
            at += take
            guard let known else {
                if take == 0 { return }
                continue
            }
            guard begun.count == needed else { return }
            var frame: [UInt8] = []
            swap(&frame, &begun)
            guard unsafe try deliver(known, of: frame, handle) else { return }
        }
        while at < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[at...])
            guard let head = unsafe try FrameHead(rest, payloadMax: messageBytesMax),
                rest.count - head.byteCount >= head.payloadCount
            else {
                unsafe begun.append(contentsOf: rest)
                return
            }
            let end = head.byteCount + head.payloadCount
            let payload = unsafe UnsafeRawBufferPointer(rebasing: rest[head.byteCount..<end])
            at += end
            guard unsafe try deliver(head, payload, handle) else { return }
        }
    }

    private func begunHead() throws(FrameError) -> FrameHead? {
        let result: Result<FrameHead?, FrameError> = unsafe begun.withUnsafeBytes { bytes in
            Result { () throws(FrameError) in unsafe try FrameHead(bytes, payloadMax: messageBytesMax) }
        }
        return try result.get()
    }

    private mutating func deliver(
        _ head: FrameHead,
        of frame: [UInt8],
        _ handle: (Message, UnsafeRawBufferPointer) -> Bool
    ) throws(FrameError) -> Bool {
        let result: Result<Bool, FrameError> = unsafe frame.withUnsafeBytes { bytes in
            let payload = unsafe UnsafeRawBufferPointer(rebasing: bytes[head.byteCount...])
            return Result { () throws(FrameError) in unsafe try deliver(head, payload, handle) }
        }
        return try result.get()
    }

    @inline(__always)
    private mutating func deliver(
        _ head: FrameHead,
        _ payload: UnsafeRawBufferPointer,
        _ handle: (Message, UnsafeRawBufferPointer) -> Bool
    ) throws(FrameError) -> Bool {
        switch head.opcode {
        case .text, .binary:
            guard joinedKind == nil else { throw .sequence }
            let kind: Message = head.opcode == .text ? .text : .binary
            if head.isFinal { return unsafe handle(kind, payload) }
            joinedKind = kind
            fragmentCount = 1
            unsafe joined.append(contentsOf: payload)
            return true
        case .continuation: return unsafe try join(head, payload, handle)
        case .close: return unsafe handle(.close, payload)
        case .ping: return unsafe handle(.ping, payload)
        case .pong: return unsafe handle(.pong, payload)
        }
    }

    private mutating func join(
        _ head: FrameHead,
        _ payload: UnsafeRawBufferPointer,
        _ handle: (Message, UnsafeRawBufferPointer) -> Bool
    ) throws(FrameError) -> Bool {
        guard let kind = joinedKind else { throw .sequence }
        fragmentCount += 1
        guard fragmentCount <= fragmentCountMax else { throw .fragments(limit: fragmentCountMax) }
        guard joined.count + payload.count <= messageBytesMax else { throw .tooLong(limit: messageBytesMax) }
        unsafe joined.append(contentsOf: payload)
        guard head.isFinal else { return true }
        let whole = joined
        joined = []
        joinedKind = nil
        return unsafe whole.withUnsafeBytes { unsafe handle(kind, $0) }
    }
}
