import NIOCore

/// Messages of one connection that a fault holds back: until the next burst, or until their time comes.
struct Outbox {
    /// One push that is to follow the next one.
    var late: ByteBuffer?
    private(set) var bytes = 0
    private var held: [ByteBuffer] = []
    private var delayed = CircularBuffer<(until: NIODeadline, message: ByteBuffer)>()

    var hasHeld: Bool { !held.isEmpty }
    var hasDelayed: Bool { !delayed.isEmpty }
    var isEmpty: Bool { held.isEmpty && delayed.isEmpty && late == nil }

    mutating func takeLate() -> ByteBuffer? {
        defer { late = nil }
        return late
    }

    mutating func hold(_ message: ByteBuffer) {
        held.append(message)
        bytes += message.readableBytes
    }

    /// Later messages never overtake earlier ones.
    mutating func delay(_ message: ByteBuffer, until: NIODeadline) {
        delayed.append((max(until, delayed.last?.until ?? until), message))
        bytes += message.readableBytes
    }

    mutating func take(includingHeld: Bool, at now: NIODeadline) -> [ByteBuffer] {
        var due: [ByteBuffer] = []
        while let first = delayed.first, first.until <= now { due.append(delayed.removeFirst().message) }
        if includingHeld {
            due += held
            held = []
            if let late = takeLate() { due.append(late) }
        }
        bytes = held.reduce(0) { $0 + $1.readableBytes } + delayed.reduce(0) { $0 + $1.message.readableBytes }
        return due
    }
}
