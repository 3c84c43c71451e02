import Contracts
import Indicators

/// One bar: exact prices and volume, and who took.
struct Bar: Hashable, Codable {
    let start: UnixMilliseconds
    let end: UnixMilliseconds
    let open: Price
    var high: Price
    var low: Price
    var close: Price
    var volume: Quantity
    var flow: TradeFlow
    /// Whether it came as it happened: a bar of the past warms up, but is nothing to act on.
    var isLive: Bool

    var candle: Candle {
        Candle(
            openTime: start,
            open: open.approximate,
            high: high.approximate,
            low: low.approximate,
            close: close.approximate,
            volume: volume.approximate
        )
    }

    /// The same bar as the first part of one from `start` to `end`.
    func opening(from start: UnixMilliseconds, to end: UnixMilliseconds) -> Bar {
        Bar(
            start: start,
            end: end,
            open: open,
            high: high,
            low: low,
            close: close,
            volume: volume,
            flow: flow,
            isLive: isLive
        )
    }

    /// Takes in a shorter bar that follows what is in this one.
    mutating func append(_ newer: Bar) throws(NumberError) {
        high = max(high, newer.high)
        low = min(low, newer.low)
        close = newer.close
        volume = try volume.adding(newer.volume)
        try flow.add(newer.flow)
        isLive = newer.isLive
    }
}
