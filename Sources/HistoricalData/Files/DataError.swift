import Contracts

/// Why a file of market data cannot be traded on.
package enum DataError: OperatorError, Hashable, Sendable {
    /// There is nothing to read, or it may not be read.
    case unreadable(path: String, why: String)
    /// The bytes contradict themselves before the end.
    case damaged(path: String, line: Int, why: String)
    /// Neither header nor first line is of a kind that is known here.
    case unknownFormat(path: String, firstLine: String)
    case empty(path: String)
    /// A row is older than the one before it.
    case unsorted(path: String, line: Int, time: UnixMilliseconds, previous: UnixMilliseconds)
    /// A row tells again what another one has told.
    case duplicate(path: String, line: Int, time: UnixMilliseconds)
    /// A candle does not begin a whole number of intervals after the first one.
    case misaligned(path: String, time: UnixMilliseconds, minutes: Int)
    case tooManyBadRows(path: String, count: Int, first: BadRow)
    /// Nothing says what was traded.
    case unknownInstrument(path: String)
    /// Candles whose length cannot be told, or is no whole number of minutes.
    case unknownInterval(path: String)
    /// Two files tell the same thing of the same instrument at the same time.
    case overlap(path: String, other: String, time: UnixMilliseconds)
    /// The figures need more decimal places, or are larger, than an exact number has room for.
    case outOfRange(path: String, line: Int)
    /// There is data, but none in the time that was asked for.
    case nothingInRange(from: UnixMilliseconds?, to: UnixMilliseconds?)

    package var code: String {
        switch self {
        case .unreadable: "data.read"
        case .damaged: "data.damaged"
        case .unknownFormat: "data.format"
        case .empty: "data.empty"
        case .unsorted: "data.unsorted"
        case .duplicate: "data.duplicate"
        case .misaligned: "data.misaligned"
        case .tooManyBadRows: "data.rows"
        case .unknownInstrument: "data.instrument"
        case .unknownInterval: "data.interval"
        case .overlap: "data.overlap"
        case .outOfRange: "data.range"
        case .nothingInRange: "data.time"
        }
    }

    package var what: String {
        switch self {
        case .unreadable(let path, _): "\(path) cannot be read"
        case .damaged(let path, let line, _): "\(path) is damaged after line \(line)"
        case .unknownFormat(let path, _): "\(path) is of no kind that is known here"
        case .empty(let path): "\(path) holds no row"
        case .unsorted(let path, let line, _, _): "\(path), line \(line), is out of order"
        case .duplicate(let path, let line, _): "\(path), line \(line), stands there twice"
        case .misaligned(let path, _, _): "\(path) holds a candle that begins at no candle's time"
        case .tooManyBadRows(let path, let count, _): "\(path) has more than \(count) bad rows"
        case .unknownInstrument(let path): "nothing tells which instrument \(path) is about"
        case .unknownInterval(let path): "nothing tells how long a candle of \(path) is"
        case .overlap(let path, let other, _): "\(path) and \(other) tell the same time twice"
        case .outOfRange(let path, let line): "\(path), line \(line), cannot be kept exactly"
        case .nothingInRange: "no data lies in the time that was asked for"
        }
    }

    package var why: String {
        switch self {
        case .unreadable(_, let why), .damaged(_, _, let why): why
        case .unknownFormat(_, let line): "it begins with \"\(line)\""
        case .empty: "it ends after its header"
        case .unsorted(_, _, let time, let previous): "its time \(time) is before \(previous)"
        case .duplicate(_, _, let time): "its time is \(time)"
        case .misaligned(_, let time, let minutes): "\(time) is off the beat of \(minutes) minutes"
        case .tooManyBadRows(_, _, let first): "the first one is line \(first.line): \(first.problem)"
        case .unknownInstrument: "neither its path nor its contents name a symbol"
        case .unknownInterval: "it has too few rows, or their distance is no whole number of minutes"
        case .overlap(_, _, let time): "both have \(time)"
        case .outOfRange: "its figures are too large for their decimal places"
        case .nothingInRange(let from, let to):
            "from \(from.map { "\($0)" } ?? "the beginning") to \(to.map { "\($0)" } ?? "the end")"
        }
    }

    package var next: String {
        switch self {
        case .unreadable: "check the path and its rights"
        case .damaged: "fetch the file again"
        case .unknownFormat:
            "give candles, funding rates, mark prices, quotes or trades as CSV with a header, or a recording"
        case .empty, .nothingInRange: "give another file or another time"
        case .unsorted, .duplicate, .misaligned: "sort the rows by time and remove what stands there twice"
        case .tooManyBadRows: "mend the rows; they would be left out"
        case .unknownInstrument: "say which, as --instrument linear:BTCUSDT"
        case .unknownInterval: "give a longer piece of it"
        case .overlap: "give one of the two"
        case .outOfRange: "round the figures to what the exchange trades in"
        }
    }
}
