import Glibc

/// Collects output and writes it in few, whole pieces.
///
/// - Errors: ``ClientFailure/readerGone`` when the reader has left, ``ClientFailure/unwritable(_:)`` otherwise.
struct StandardOutput {
    private static let bufferBytesMax = 64 * 1024

    private var buffer: [UInt8] = []

    mutating func line(_ text: String) throws(ClientFailure) {
        buffer.append(contentsOf: text.utf8)
        buffer.append(0x0A)
        if buffer.count >= Self.bufferBytesMax { try flush() }
    }

    mutating func flush() throws(ClientFailure) {
        let bytes = buffer
        buffer.removeAll(keepingCapacity: true)
        let failure = writeAll(bytes, to: STDOUT_FILENO)
        if failure == EPIPE { throw .readerGone }
        if failure != 0 { throw .unwritable(Terminal.reason(failure)) }
    }
}

/// Messages for the person at the terminal.
enum StandardError {
    static func write(_ text: String) {
        // Nowhere is left to complain if this fails; the exit status still tells.
        _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}

/// Writes every byte, however the kernel cuts them; gives `errno`, or 0.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0 {
            rest = rest.dropFirst(written)
        } else if errno != EINTR {
            return errno
        }
    }
    return 0
}
