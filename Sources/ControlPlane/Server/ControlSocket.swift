import ControlProtocol
import Glibc
import Systemd

/// The listening end of the control socket: handed over by systemd, or bound by the daemon itself.
package final class ControlSocket: Sendable {
    package enum Failure: Error, Equatable, CustomStringConvertible {
        case pathTooLong(String)
        case system(call: String, path: String, why: String)

        package var description: String {
            switch self {
            case .pathTooLong(let path):
                "the control socket can't be made: '\(path)' is longer than 107 bytes; set control.socket"
            case .system(let call, let path, let why):
                "the control socket can't be made: \(call) \(path): \(why); set control.socket to a folder of yours"
            }
        }
    }

    let descriptor: Int32
    /// Nil where systemd owns the path.
    private let ownPath: String?
    private let inode: UInt64
    /// Whether the daemon made the socket itself, for its own user.
    package var isPrivate: Bool { ownPath != nil }

    /// Takes over a descriptor that systemd listens on.
    package init(inherited descriptor: Int32) {
        self.descriptor = descriptor
        ownPath = nil
        inode = 0
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Binds `path`: under a private name first, so that nobody connects before the mode is right.
    package init(binding path: String) throws(Failure) {
        let draft = path + ".\(getpid())"
        guard draft.utf8.count <= 107 else { throw .pathTooLong(draft) }
        let descriptor = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { throw Self.failure("socket", path) }
        var isBound = false
        defer { if !isBound { close(descriptor) } }
        unsafe unlink(draft)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: draft.utf8) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let outcome = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length)
            }
        }
        guard outcome == 0 else { throw Self.failure("bind", path) }
        guard unsafe chmod(draft, 0o600) == 0 else { throw Self.failure("chmod", path) }
        guard listen(descriptor, Int32(ControlLimits.connectionsMax)) == 0 else {
            throw Self.failure("listen", path)
        }
        var status = stat()
        guard unsafe stat(draft, &status) == 0, unsafe rename(draft, path) == 0 else {
            throw Self.failure("rename", path)
        }
        self.descriptor = descriptor
        ownPath = path
        inode = UInt64(status.st_ino)
        isBound = true
    }

    /// Removes the path, if it is still the socket made here.
    func remove() {
        guard let ownPath else { return }
        var status = stat()
        if unsafe stat(ownPath, &status) == 0, UInt64(status.st_ino) == inode { unsafe unlink(ownPath) }
    }

    private static func failure(_ call: String, _ path: String) -> Failure {
        .system(call: call, path: path, why: unsafe String(cString: strerror(errno)))
    }
}
