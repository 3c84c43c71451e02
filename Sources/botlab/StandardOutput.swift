import ArgumentParser
import Glibc

/// Answers, written in large pieces; the reader's end of a pipe may go at any time.
struct StandardOutput: ~Copyable {
    /// So much is gathered before it is written.
    static let pieceBytes = 1 << 16

    private var bytes: [UInt8] = []

    mutating func write(_ text: some StringProtocol) throws(ExitCode) { try write(text.utf8) }

    mutating func write(_ text: some Sequence<UInt8>) throws(ExitCode) {
        bytes.append(contentsOf: text)
        if bytes.count >= Self.pieceBytes { try flush() }
    }

    /// Writes what is gathered; whoever writes must end with it.
    mutating func flush() throws(ExitCode) {
        defer { bytes.removeAll(keepingCapacity: true) }
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    STDOUT_FILENO,
                    buffer.baseAddress.map { unsafe $0 + start },
                    buffer.count - start
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if errno != EPIPE {
                    StandardError.write(
                        "standard output can't be written: \(unsafe String(cString: strerror(errno)))\n"
                    )
                }
                throw ExitCode(74)
            }
            start += count
        }
    }
}
