import ArgumentParser
import Glibc
import StoragePlane

/// The journal a command reads, and what goes wrong with it, as exit statuses.
struct JournalOption: ParsableArguments {
    /// There is no such file, or it can't be opened.
    static let noInput = ExitCode(66)
    /// The file is no journal, or not whole.
    static let dataDamaged = ExitCode(65)

    @Argument(
        help: "The journal: the folder journal in the daemon's state folder, or a file of an older version.",
        completion: .directory
    )
    var file: String

    /// Hands the opened journal to `body`; errors go to standard error, with what to do next.
    func read<Value>(_ body: (JournalReader) throws -> Value) throws -> Value {
        guard unsafe access(file, R_OK) == 0 else {
            let why = unsafe String(cString: strerror(errno))
            StandardError.write(
                "the journal \(file) can't be read: \(why); name a journal that you may read\n"
            )
            throw Self.noInput
        }
        do {
            let reader = try JournalReader(path: file)
            let value = try body(reader)
            try reader.close()
            return value
        } catch let error as JournalError {
            StandardError.write("\(error)\n")
            throw Self.status(of: error)
        }
    }

    static func status(of error: JournalError) -> ExitCode {
        switch error {
        case .cannotOpen: noInput
        case .newerVersion, .foreign, .damaged, .missing, .cannotRead, .writeFailed, .syncFailed, .notFlushed,
            .unencodable, .malformedRow, .housekeeping:
            dataDamaged
        }
    }
}
