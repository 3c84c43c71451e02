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
        package var timeline: RecordingTimeline

        package init(
            instruments: [Instrument] = [],
            from: UnixMilliseconds? = nil,
            to: UnixMilliseconds? = nil,
            sharesTrades: Bool = false,
            timeline: RecordingTimeline = .arrival
        ) {
            self.instruments = instruments
            self.from = from
            self.to = to
            self.sharesTrades = sharesTrades
            self.timeline = timeline
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
        case recording(path: String, category: Category, choice: Set<Instrument>, RecordingTimeline)
        case binance(paths: [String], instrument: Instrument, contractSize: Int64)
        case numpyTicks(path: String, instrument: Instrument, priceScale: UInt8, quantityScale: UInt8)
    }

    package let parts: [Part]
    /// What the files that were read hold, and what was wrong with them.
    package let reports: [DataReport]
    package let from: UnixMilliseconds?
    package let to: UnixMilliseconds?
    /// In order of the files.
    package let instruments: [Instrument]
    /// What its beginning says: decimal places and streams.
    package let sample: DataSample

    /// Puts parts together, and looks at their beginnings.
    package init(
        parts: [Part],
        reports: [DataReport] = [],
        from: UnixMilliseconds? = nil,
        to: UnixMilliseconds? = nil
    ) throws(DataError) {
        var sample = DataSample()
        for part in parts { try sample.look(at: part) }
        self.init(parts, reports, sample, from: from, to: to)
    }

    private init(
        _ parts: [Part],
        _ reports: [DataReport],
        _ sample: DataSample,
        from: UnixMilliseconds?,
        to: UnixMilliseconds?
    ) {
        self.parts = parts
        self.reports = reports
        self.sample = sample
        self.from = from
        self.to = to
        var instruments: [Instrument] = []
        for instrument in parts.flatMap(\.instruments) + sample.places.keys.sorted()
        where !instruments.contains(instrument) {
            instruments.append(instrument)
        }
        self.instruments = instruments
    }

    /// The same data as if it ended at `time`.
    package func ending(at time: UnixMilliseconds) -> DataSet {
        DataSet(parts, reports, sample, from: from, to: min(time, to ?? .max))
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
