import ControlProtocol
import Glibc

/// The client's end of the control socket; letting go of it closes it.
///
/// - Shape: whole lines in and out; every wait ends at the caller's deadline.
/// - Errors: ``ClientFailure``, told with the socket's path.
struct Connection: ~Copyable {
    private static let readBytesMax = 64 * 1024

    private let descriptor: Int32
    private var framer = LineFramer(lineBytesMax: ControlLimits.lineOutBytesMax)
    private var buffer = [UInt8](repeating: 0, count: readBytesMax)

    init(path: String, timeout: Duration) throws(ClientFailure) {
        descriptor = try openSocket(path, timeout)
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8], until deadline: Deadline) throws(ClientFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor,
                    $0.baseAddress,
                    $0.count,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
                )
            }
            if sent >= 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, until: deadline)
            } else if errno != EINTR {
                throw .closed
            }
        }
    }

    /// The next whole line that has arrived already, without waiting.
    mutating func bufferedLine() throws(ClientFailure) -> [UInt8]? {
        do {
            return try framer.next()
        } catch {
            throw .damaged("\(error)")
        }
    }

    /// Waits for bytes and takes them in; the peer's end of the stream is ``ClientFailure/closed``.
    mutating func fill(until deadline: Deadline) throws(ClientFailure) {
        try wait(for: POLLIN, until: deadline)
        let descriptor = descriptor
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        if count > 0 {
            framer.append(buffer[..<count])
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            throw .closed
        }
    }

    private func wait(for event: Int32, until deadline: Deadline) throws(ClientFailure) {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let ready = unsafe poll(&entry, 1, deadline.remainingMilliseconds)
            if ready > 0 { return }
            if ready == 0 { throw .timeout }
            guard errno == EINTR else { throw .closed }
        }
    }
}

/// Connects, or says why the daemon can't be reached; nothing stays open on failure.
private func openSocket(_ path: String, _ timeout: Duration) throws(ClientFailure) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < capacity else {
        throw .unreachable(path: path, why: "the path is longer than \(capacity - 1) bytes")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .unreachable(path: path, why: Terminal.reason(errno)) }
    // A full backlog makes connect(2) wait; this bounds that wait.
    var limit = timeval(tv_sec: Int(timeout.components.seconds), tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let status = unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    guard status != 0 else { return descriptor }
    let code = errno
    close(descriptor)
    switch code {
    case EACCES, EPERM: throw .notPermitted(path: path)
    case EAGAIN: throw .timeout
    default: throw .unreachable(path: path, why: Terminal.reason(code))
    }
}
