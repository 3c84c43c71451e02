import Contracts
import EventKernel
import Glibc

/// The disk as the journal meets it: the one call that says that bytes are there to stay, and the time it took.
package protocol JournalDisk: Sendable {
    /// Brings a file's bytes to the disk; 0, or the error's number.
    func sync(_ descriptor: Int32) -> Int32
    /// For measuring waits; never goes back.
    var now: UnixMilliseconds { get }
}

/// The machine's own disk and clock.
package struct SystemDisk: JournalDisk {
    private let clock = SystemClock()

    package init() {}

    package func sync(_ descriptor: Int32) -> Int32 { fdatasync(descriptor) == 0 ? 0 : errno }
    package var now: UnixMilliseconds { clock.now }
}

/// A segment's write-ahead log, opened beside SQLite: its sync brings every commit so far to the disk.
///
/// SQLite holds no lock on this file, so closing the descriptor takes none away.
final class LogDescriptor: Sendable {
    let path: String
    private let descriptor: Int32  // opened by `init`, closed by `deinit`

    init(segment: String) throws(JournalError) {
        path = segment + "-wal"
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, why: FileSystem.errorText(errno)) }
    }

    deinit { close(descriptor) }

    func sync(on disk: some JournalDisk) throws(JournalError) {
        let code = disk.sync(descriptor)
        guard code != 0 else { return }
        throw .syncFailed(path: path, why: FileSystem.errorText(code))
    }
}
