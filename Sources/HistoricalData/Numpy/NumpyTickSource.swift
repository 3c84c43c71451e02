import Contracts
import EventKernel

/// Tells trades out of an array of time in milliseconds, price, size and side (above zero: bought), as it is read.
package final class NumpyTickSource: MarketSource {
    private let rows: NumpyRows
    private let instrument: Instrument
    private let priceScale: UInt8
    private let quantityScale: UInt8
    private var toldCount = 0
    package private(set) var next = FeedKey.end

    package init(
        _ path: String,
        instrument: Instrument,
        priceScale: UInt8,
        quantityScale: UInt8
    ) throws(DataError) {
        rows = try NumpyRows(path)
        self.instrument = instrument
        self.priceScale = priceScale
        self.quantityScale = quantityScale
        if try rows.next() { next = FeedKey(rows[0], .trading) }
    }

    package var counts: [Topic: Int] { [.marketTrade: toldCount] }
    package var weight: Double { Double(rows.rowCount) }
    package var progress: Double { Double(rows.index) / Double(max(1, rows.rowCount)) }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) throws(DataError) -> Int {
        let (rows, instrument) = (rows, instrument)
        var (count, key) = (0, next)
        while key <= bound, count < countMax {
            let time = rows[0]
            kernel.ingest(
                TradeEvent(
                    meta: EventMeta(source: .market, ts: time),
                    instrument: instrument,
                    exchangeTime: time,
                    id: .number(UInt64(truncatingIfNeeded: rows.index)),
                    side: rows[3] > 0 ? .buy : .sell,
                    price: Price(units: rows[1], scale: priceScale),
                    quantity: Quantity(units: rows[2], scale: quantityScale)
                )
            )
            count &+= 1
            key = try rows.next() ? FeedKey(rows[0], .trading) : .end
        }
        next = key
        toldCount += count
        return count
    }
}
