import Contracts
import EventKernel

/// Tells trades out of a file as it is read, in constant memory.
package final class TradeStream: MarketSource {
    private var reader: TableReader<TradeFormat>
    private let instrument: Instrument
    private let contractSize: Int64
    private let hasIDs: Bool
    private let to: UnixMilliseconds
    private let byteCount: Int64
    private var row: TradeRow?
    private var rowCount: Int64 = 0
    private var toldCount = 0
    package private(set) var next = FeedKey.end

    /// Opens the file at `path`, of `byteCount` bytes, and passes over what lies before `from`.
    package init(
        _ path: String,
        instrument: Instrument,
        contractSize: Int64,
        byteCount: Int64,
        from: UnixMilliseconds? = nil,
        to: UnixMilliseconds? = nil
    ) throws(DataError) {
        reader = try TableReader(path: path, kind: .trades, instrument: instrument)
        self.instrument = instrument
        self.contractSize = contractSize
        hasIDs = reader.header.has("trade_id")
        self.byteCount = max(1, byteCount)
        self.to = to ?? .max
        repeat { try step() } while row.map { $0.time < from ?? .min } ?? false
    }

    package var counts: [Topic: Int] { [.marketTrade: toldCount] }
    package var weight: Double { Double(byteCount) }
    package var progress: Double { next == .end ? 1 : Double(reader.fileOffset) / Double(byteCount) }
    package var troubles: [String] {
        let report = reader.report
        guard let first = report.badRows.first else { return [] }
        return [
            "\(report.path): \(report.badRowCount) bad rows are left out, the first one line \(first.line): \(first.problem)"
        ]
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) throws(DataError) -> Int {
        var count = 0
        while let row, next <= bound, count < countMax {
            let (size, overflows) = row.quantity.units.multipliedReportingOverflow(by: contractSize)
            guard !overflows else { throw .outOfRange(path: reader.path, line: reader.lineNumber) }
            kernel.ingest(
                TradeEvent(
                    meta: EventMeta(source: .market, ts: row.time),
                    instrument: instrument,
                    exchangeTime: row.time,
                    id: .number(UInt64(hasIDs ? row.id : rowCount)),
                    side: row.isBuy ? .buy : .sell,
                    price: Price(units: row.price.units, scale: UInt8(row.price.scale)),
                    quantity: Quantity(units: size, scale: UInt8(row.quantity.scale))
                )
            )
            count += 1
            try step()
        }
        toldCount += count
        return count
    }

    private func step() throws(DataError) {
        row = try reader.next()
        rowCount += 1
        if let time = row?.time, time < to {
            next = FeedKey(time, .trading)
        } else {
            (row, next) = (nil, .end)
        }
    }
}
