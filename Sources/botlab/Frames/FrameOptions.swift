import ArgumentParser
import Contracts
import Recording

/// The raw frames a command reads, and which of them.
struct FrameOptions: ParsableArguments {
    /// There is no such file, or it can't be opened.
    static let noInput = ExitCode(66)
    /// Nothing of it could be read.
    static let dataUnreadable = ExitCode(65)

    @Argument(
        help: "A recording, a folder of recordings, messages as JSON lines, a capture; - for standard input.",
        completion: .file()
    )
    var file: String

    @Option(help: "The product line, where the file does not tell: linear, inverse, spot or option.")
    var category = Category.linear

    @Option(
        help: ArgumentHelp(
            "Only from then on, in UTC, as 2026-11-22T20:15 or in Unix milliseconds.",
            discussion: "What came before is read too, so that books and tickers are whole.",
            valueName: "time"
        )
    )
    var from: Moment?

    @Option(help: ArgumentHelp("Only before then.", valueName: "time"))
    var to: Moment?

    @Option(help: ArgumentHelp("Only this symbol; may stand several times.", valueName: "symbol"))
    var symbol: [Symbol] = []

    func validate() throws {
        if let from, let to, to.milliseconds <= from.milliseconds {
            throw ValidationError("--to is not after --from.")
        }
    }

    /// Whether what `frame` says is to be shown; those before are read all the same, for what they lead up to.
    func shows(_ frame: RecordedFrame) -> Bool { frame.receivedNanoseconds >= from?.nanoseconds ?? .min }

    /// Ends the command where no message made sense.
    func refuse(unless isAnythingRead: Bool) throws(ExitCode) {
        guard !isAnythingRead else { return }
        StandardError.write(
            "nothing in \(file) could be read as messages of the exchange; is it a recording?\n"
        )
        throw Self.dataUnreadable
    }

    func wants(_ event: AnyEvent) -> Bool { event.instrument.map(wants) ?? true }

    func wants(_ instrument: Instrument) -> Bool {
        symbol.isEmpty || symbol.contains(instrument.symbol)
    }

    /// Opens the input; what is wrong with it goes to standard error.
    func open() throws(ExitCode) -> FrameInput {
        do throws(RecordingError) {
            return try FrameInput(
                path: file == "-" ? "/dev/stdin" : file,
                to: to?.nanoseconds ?? .max
            )
        } catch {
            StandardError.write("\(error)\n")
            throw Self.noInput
        }
    }
}

/// A point in time, as an operator writes it.
struct Moment: ExpressibleByArgument {
    let milliseconds: UnixMilliseconds
    var nanoseconds: Int64 { milliseconds * 1_000_000 }

    init?(argument: String) {
        if let number = Int64(argument), number >= 0, number < Int64.max / 1_000_000 {
            milliseconds = number
        } else if let time = UTCTime(argument) {
            milliseconds = time.milliseconds
        } else {
            return nil
        }
    }
}

extension Category: ExpressibleByArgument {}

extension Symbol: ExpressibleByArgument {
    @usableFromInline package init?(argument: String) { self.init(argument) }
}
