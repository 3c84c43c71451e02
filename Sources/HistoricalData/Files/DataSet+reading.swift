import BybitProtocol
import Contracts
import Recording

extension DataSet {
    /// Reads the files at `paths`: what each is, is told by its first line.
    package init(reading paths: [String], _ options: Options = Options()) throws(DataError) {
        var (parts, reports): ([Part], [DataReport]) = ([], [])
        var binance: [DataFile] = []
        for (index, path) in paths.enumerated() {
            let own = options.instruments.count == paths.count ? options.instruments[index] : nil
            let file = try DataFile(path, instrument: own ?? options.onlyInstrument)
            if file.kind == .binanceFrames {
                binance.append(file)
                continue
            }
            let (part, report) = try Self.read(file, options)
            if let report { reports.append(report) }
            parts.append(part)
        }
        for group in Self.groups(of: binance) {
            parts.append(.binance(paths: group.paths, instrument: group.instrument, contractSize: group.size))
        }
        try Self.checkOverlaps(parts, paths)
        try self.init(parts: parts, reports: reports, from: options.from, to: options.to)
        // What is not in memory tells when it is run.
        guard self.parts.allSatisfy({ $0.end != nil }), try start() == nil else { return }
        throw .nothingInRange(from: options.from, to: options.to)
    }

    private static func read(
        _ file: DataFile,
        _ options: Options
    ) throws(DataError) -> (Part, DataReport?) {
        let choice = Set(options.instruments)
        guard let instrument = file.instrument, file.kind != .frames else {
            let category = options.instruments.first?.category ?? InstrumentName.category(of: file.path)
            return (.recording(path: file.path, category: category, choice: choice, options.timeline), nil)
        }
        switch file.kind {
        case .candles, .marks:
            let (columns, report) = try CandleColumns.read(file.path, kind: file.kind, instrument: instrument)
            return (file.kind == .candles ? .candles(columns) : .marks(columns), report)
        case .funding:
            let (columns, report) = try FundingColumns.read(file.path, instrument: instrument)
            return (.funding(columns), report)
        case .quotes:
            let (columns, report) = try QuoteColumns.read(file.path, instrument: instrument)
            return (.quotes(columns), report)
        case .trades:
            guard options.sharesTrades else {
                return (.tradeFile(file, byteCount: FileSize.bytes(of: file.path)), nil)
            }
            let (columns, report) = try TradeColumns.read(
                file.path,
                instrument: instrument,
                contractSize: file.contractSize
            )
            return (.trades(columns), report)
        case .frames, .binanceFrames:
            preconditionFailure("recordings are read by every run")
        }
    }

    /// Files of one instrument continue each other, in order of their paths.
    private static func groups(
        of files: [DataFile]
    ) -> [(instrument: Instrument, size: Int64, paths: [String])] {
        var groups: [(instrument: Instrument, size: Int64, paths: [String])] = []
        for file in files.sorted(by: { $0.path < $1.path }) {
            guard let instrument = file.instrument else { continue }
            if let index = groups.firstIndex(where: { $0.instrument == instrument }) {
                groups[index].paths.append(file.path)
            } else {
                groups.append((instrument, file.contractSize, [file.path]))
            }
        }
        return groups
    }

    /// Two files of the same candles at the same time would tell everything twice.
    private static func checkOverlaps(_ parts: [Part], _ paths: [String]) throws(DataError) {
        for (later, part) in parts.enumerated() {
            for (earlier, other) in parts[..<later].enumerated() {
                if let time = part.overlap(with: other) {
                    throw .overlap(
                        path: later < paths.count ? paths[later] : "",
                        other: earlier < paths.count ? paths[earlier] : "",
                        time: time
                    )
                }
            }
        }
    }
}

extension DataSet.Options {
    fileprivate var onlyInstrument: Instrument? { instruments.count == 1 ? instruments.first : nil }
}

extension DataSet.Part {
    /// A time that both tell in the same way; nil where there is none.
    fileprivate func overlap(with other: Self) -> UnixMilliseconds? {
        switch (self, other) {
        case (.candles(let mine), .candles(let its)) where mine.minutes == its.minutes:
            mine.instrument == its.instrument ? common(mine.starts, its.starts) : nil
        case (.marks(let mine), .marks(let its)):
            mine.instrument == its.instrument ? common(mine.starts, its.starts) : nil
        case (.funding(let mine), .funding(let its)):
            mine.instrument == its.instrument ? common(mine.times, its.times) : nil
        case (.quotes(let mine), .quotes(let its)):
            mine.instrument == its.instrument ? common(mine.starts, its.starts) : nil
        default: nil
        }
    }

    /// The first common time of two series that are each in order.
    private func common(
        _ mine: ContiguousArray<UnixMilliseconds>,
        _ its: ContiguousArray<UnixMilliseconds>
    ) -> UnixMilliseconds? {
        var (left, right) = (0, 0)
        while left < mine.count, right < its.count {
            if mine[left] == its[right] { return mine[left] }
            if mine[left] < its[right] { left += 1 } else { right += 1 }
        }
        return nil
    }
}
