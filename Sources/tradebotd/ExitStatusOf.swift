import StoragePlane
import Systemd

/// The exit status of an error that ends the daemon: sysexits where one fits.
struct ExitStatusOf {
    let status: Int32

    init(_ error: any Error) {
        switch error {
        case StateLockError.held: status = 75
        case JournalError.damaged, JournalError.foreign, JournalError.newerVersion, JournalError.missing,
            JournalError.malformedRow:
            status = 65
        case is JournalError, is StateLockError, is StateFolder.Failure: status = 74
        default: status = 70
        }
    }
}
