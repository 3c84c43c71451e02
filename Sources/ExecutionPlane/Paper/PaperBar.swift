import Contracts

/// Where the candles stand: whether a bar has just opened, and at which price.
struct PaperBar: Hashable, Codable {
    /// The shortest candles that have been told; longer ones only repeat them.
    private var minutes = Int.max
    /// The price to trade at for as long as the newest candle event is that of an open bar.
    private(set) var openPrice: Price?

    /// What one candle event says of the bar: its first price, or all of them.
    struct Step {
        let isClose: Bool
        /// When it begins, or its last millisecond.
        let time: UnixMilliseconds
        let open: Price
        let high: Price
        let low: Price
        let close: Price

        @inline(__always)
        init(_ kline: borrowing KlineEvent) {
            isClose = kline.isConfirmed
            time = kline.isConfirmed ? kline.end : kline.start
            (open, high, low, close) = (kline.open, kline.high, kline.low, kline.close)
        }
    }

    /// Takes one candle event; false where it is of longer bars than those that are followed.
    @inline(__always)
    mutating func take(_ kline: borrowing KlineEvent) -> Bool {
        guard kline.minutes <= minutes else { return false }
        minutes = kline.minutes
        openPrice = kline.isConfirmed ? nil : kline.close
        return true
    }
}
