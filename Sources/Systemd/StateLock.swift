import Glibc

/// Only one daemon works on this state; letting go of this value, or dying, releases the lock.
///
/// - Shape: an advisory `flock` on a file of its own, which also tells the owner's process number.
/// - Errors: ``StateLockError``; on ``StateLockError/held(path:by:)`` the daemon exits with 75.
package struct StateLock: ~Copyable, Sendable {
    private let descriptor: Int32  // opened and locked by `init`, closed by `deinit`

    /// Takes the lock at once, or says why not; never waits.
    package init(path: String) throws(StateLockError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .unusable(path: path, why: errorText(errno)) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno
            defer { close(descriptor) }
            guard failure == EWOULDBLOCK else { throw .unusable(path: path, why: errorText(failure)) }
            throw .held(path: path, by: Self.owner(descriptor))
        }
        self.descriptor = descriptor
        sign()
    }

    deinit { close(descriptor) }

    /// For the reader of the error message only: the lock itself is the kernel's.
    private func sign() {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = unsafe pwrite(descriptor, text, text.count, 0)
    }

    private static func owner(_ descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(descriptor, &text, text.count, 0)
        guard count > 1 else { return nil }
        return Int32(String(decoding: text.prefix(count - 1), as: UTF8.self))
    }
}

/// Why the state is not ours to work on.
package enum StateLockError: Error, Equatable, CustomStringConvertible {
    case held(path: String, by: Int32?)
    case unusable(path: String, why: String)

    /// Says what broke, why, and what to do next.
    package var description: String {
        switch self {
        case .held(let path, let owner):
            "another daemon\(owner.map { " (process \($0))" } ?? "") works on this state: \(path) is locked; stop it first"
        case .unusable(let path, let why):
            "the lock \(path) can't be taken: \(why); check that its folder exists and belongs to this user"
        }
    }
}
