/// Cuts a byte stream into lines and never holds more than one over-long line of it.
///
/// - Shape: bytes in by ``append(_:)``, whole lines without their `\n` out by ``next()``, in order.
/// - Errors: ``LineTooLong``; the stream can't be trusted from there on, so the caller closes it.
package struct LineFramer: Sendable {
    private let lineBytesMax: Int
    private var buffer: [UInt8] = []
    private var lineStart = 0
    private var scanned = 0

    package init(lineBytesMax: Int) {
        self.lineBytesMax = lineBytesMax
    }

    /// Bytes of a line whose end has not arrived.
    package var pendingBytes: Int { buffer.count - lineStart }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        // What was handed out leaves the buffer once it is the larger part, so each byte moves rarely.
        if lineStart > buffer.count / 2 {
            buffer.removeSubrange(..<lineStart)
            scanned -= lineStart
            lineStart = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole line, or nothing until more bytes come.
    package mutating func next() throws(LineTooLong) -> [UInt8]? {
        while scanned < buffer.count, buffer[scanned] != 0x0A { scanned += 1 }
        guard scanned - lineStart <= lineBytesMax else { throw LineTooLong(limit: lineBytesMax) }
        guard scanned < buffer.count else { return nil }
        let line = Array(buffer[lineStart..<scanned])
        scanned += 1
        lineStart = scanned
        return line
    }
}

/// A line grew beyond its bound before its end came.
package struct LineTooLong: Error, Hashable, CustomStringConvertible {
    package let limit: Int

    package init(limit: Int) {
        self.limit = limit
    }

    package var description: String { "a line is longer than \(limit) bytes" }

    /// The same, as the answer the peer gets before the connection is closed.
    package var answer: ControlError {
        ControlError(
            .lineTooLong,
            "A line is longer than \(limit) bytes.",
            hint: "send one JSON object a line"
        )
    }
}
