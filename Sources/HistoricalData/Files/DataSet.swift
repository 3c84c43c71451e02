import BybitProtocol
import Contracts

/// The market data of one or many runs: what fits in memory read once, the rest read anew by every run.
///
/// - Shape: candles, mark prices, funding rates and quotes are always in memory; trades where `sharesTrades` says so;
///   recordings never.
/// - Errors: ``DataError``; what was left out is told by ``reports``.
package struct DataSet: Sendable {
    /// How files are read.
    package struct Options: Hashable, Sendable {
        /// One for all files, or one for each; of recordings, those that are told.
        ///
        /// Empty: as the files say.
        package var instruments: [Instrument]
        package var from: UnixMilliseconds?
        /// Itself left out.
        package var to: UnixMilliseconds?
        /// Whether trades are kept in memory, so that many runs share them.
        package var sharesTrades: Bool

        package init(
            instruments: [Instrument] = [],
            from: UnixMilliseconds? = nil,
            to: UnixMilliseconds? = nil,
            sharesTrades: Bool = false
        ) {
            self.instruments = instruments
            self.from = from
            self.to = to
            self.sharesTrades = sharesTrades
        }
    }

    /// One file's data.
    package enum Part: Sendable {
        case candles(CandleColumns)
        case marks(CandleColumns)
        case funding(FundingColumns)
        case quotes(QuoteColumns)
        case trades(TradeColumns)
        case tradeFile(DataFile, byteCount: Int64)
        case recording(path: String, category: Category, choice: Set<Instrument>)
        case binance(paths: [String], instrument: Instrument, contractSize: Int64)
    }

    package let parts: [Part]
    /// What the files that were read hold, and what was wrong with them.
    package let reports: [DataReport]
    package let from: UnixMilliseconds?
    package let to: UnixMilliseconds?
    /// In order of the files.
    package let instruments: [Instrument]
    /// The decimal places that each instrument's prices and quantities use.
    package let places: [Instrument: DataPlaces]

    package init(
        parts: [Part],
        reports: [DataReport] = [],
        places: [Instrument: DataPlaces] = [:],
        from: UnixMilliseconds? = nil,
        to: UnixMilliseconds? = nil
    ) {
        self.parts = parts
        self.reports = reports
        self.from = from
        self.to = to
        var (instruments, found): ([Instrument], [Instrument: DataPlaces]) = ([], places)
        for part in parts {
            for instrument in part.instruments where !instruments.contains(instrument) {
                instruments.append(instrument)
            }
            if let (instrument, own) = part.places {
                found[instrument] = found[instrument].map { $0.joined(own) } ?? own
            }
        }
        for instrument in places.keys.sorted() where !instruments.contains(instrument) {
            instruments.append(instrument)
        }
        self.instruments = instruments
        self.places = found
    }

    /// The same data as if it ended at `time`.
    package func ending(at time: UnixMilliseconds) -> DataSet {
        DataSet(parts: parts, reports: reports, places: places, from: from, to: min(time, to ?? .max))
    }

    /// A feed for one run.
    package func feed() throws(DataError) -> MarketFeed {
        var sources: [any MarketSource] = []
        for part in parts { sources.append(try part.source(from: from, to: to)) }
        return MarketFeed(sources)
    }

    /// The time of the first event; nil where there is none.
    package func start() throws(DataError) -> UnixMilliseconds? { try feed().nextTime }

    /// When the last of it ends; nil where only reading it would tell.
    package var end: UnixMilliseconds? {
        var latest: UnixMilliseconds?
        for part in parts {
            guard let end = part.end else { return to }
            latest = max(latest ?? end, end)
        }
        return latest.map { min($0, to ?? .max) }
    }
}
