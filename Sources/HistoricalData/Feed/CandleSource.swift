import Contracts
import EventKernel

/// Tells candles as a stream would, without what nobody knows before its time.
///
/// Each begins with its first price alone and ends with all of it: an unconfirmed `market:kline` at its start whose
/// prices are the open and whose volume is none, a confirmed one at its end.
package final class CandleSource: MarketSource {
    private let candles: CandleColumns
    private let range: Range<Int>
    private var index: Int
    private var isOpen = false
    private var toldCount = 0
    package private(set) var next: FeedKey

    package init(_ candles: CandleColumns, from: UnixMilliseconds? = nil, to: UnixMilliseconds? = nil) {
        self.candles = candles
        range = candles.indices(from: from, to: to)
        index = range.lowerBound
        next = range.isEmpty ? .end : FeedKey(candles.starts[range.lowerBound], .opening)
    }

    package var counts: [Topic: Int] { [.marketKline: toldCount] }
    package var weight: Double { Double(range.count) }
    package var progress: Double {
        range.isEmpty ? 1 : Double(index - range.lowerBound) / Double(range.count)
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) -> Int {
        let (candles, end) = (candles, range.upperBound)
        var (index, isOpen, next, count) = (index, isOpen, next, 0)
        while next <= bound, count < countMax {
            count &+= 1
            if isOpen {
                kernel.ingest(Self.closing(of: candles, index))
                isOpen = false
                index &+= 1
                guard index < end else {
                    next = .end
                    break
                }
                next = FeedKey(candles.starts[index], .opening)
            } else {
                kernel.ingest(Self.opening(of: candles, index))
                isOpen = true
                next = FeedKey(candles.starts[index] &+ candles.milliseconds, .closing)
            }
        }
        (self.index, self.isOpen, self.next) = (index, isOpen, next)
        toldCount += count
        return count
    }

    @inline(__always)
    private static func opening(of candles: CandleColumns, _ index: Int) -> KlineEvent {
        let (start, open) = (candles.starts[index], candles.price(index, .open))
        return KlineEvent(
            meta: EventMeta(source: .market, ts: start),
            instrument: candles.instrument,
            minutes: candles.minutes,
            start: start,
            end: start &+ candles.milliseconds &- 1,
            open: open,
            high: open,
            low: open,
            close: open,
            volume: .zero,
            turnover: .zero,
            isConfirmed: false
        )
    }

    @inline(__always)
    private static func closing(of candles: CandleColumns, _ index: Int) -> KlineEvent {
        let (start, close, volume) = (
            candles.starts[index], candles.price(index, .close), candles.volume(index)
        )
        return KlineEvent(
            meta: EventMeta(source: .market, ts: start &+ candles.milliseconds),
            instrument: candles.instrument,
            minutes: candles.minutes,
            start: start,
            // As the exchange writes it: the candle's last millisecond.
            end: start &+ candles.milliseconds &- 1,
            open: candles.price(index, .open),
            high: candles.price(index, .high),
            low: candles.price(index, .low),
            close: close,
            volume: volume,
            turnover: candles.turnover(index),
            isConfirmed: true
        )
    }
}

extension CandleColumns {
    /// What was told, or the volume at the close.
    @inline(__always)
    fileprivate func turnover(_ index: Int) -> Money {
        guard turnovers.count == 0 else {
            return Money(units: Int128(turnovers.units[index]), scale: turnovers.scale)
        }
        return price(index, .close).times(volume(index))
    }
}
