import ControlProtocol
import Glibc

/// A client of the control socket that keeps no rule of the protocol unless the test does.
final class ControlSocketClient {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private(set) var isClosed = false

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard descriptor >= 0, path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Trouble("no socket for \(path)")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Trouble("can't connect to \(path): errno \(errno)") }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Sends all bytes; stops early where the daemon has closed.
    func send(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try await Task.sleep(for: Patience.pollInterval)
            } else {
                return
            }
        }
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Says that nothing more will come, and goes on listening.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Takes in what has arrived.
    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isClosed {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count > 0 {
                received += buffer[..<count]
            } else if count == 0 || errno != EAGAIN {
                isClosed = true
            } else {
                return
            }
        }
    }

    /// Every whole line that has arrived since the last call.
    func lines() throws -> [JSONValue] {
        receive()
        guard let end = received.lastIndex(of: 0x0A) else { return [] }
        let lines = received[..<end].split(separator: 0x0A)
        let values = try lines.map { try JSONValue(parsing: Array($0)) }
        received.removeSubrange(...end)
        return values
    }

    /// The next lines, as soon as there is one.
    func nextLines() async throws -> [JSONValue] {
        try await eventually("a line of the daemon") {
            let lines = try lines()
            return lines.isEmpty ? nil : lines
        }
    }

    /// Every line up to the end of the connection.
    func linesToEnd() async throws -> [JSONValue] {
        var all: [JSONValue] = []
        _ = try await eventually("the end of the connection") {
            all += try lines()
            return isClosed ? true : nil
        }
        return all
    }
}
