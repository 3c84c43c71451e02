import Contracts

/// Where the candles stand: whether a bar has just opened, and at which price.
struct PaperBar: Hashable, Codable {
    /// The shortest candles that have been told; longer ones only repeat them.
    private var minutes = Int.max
    /// The price to trade at for as long as the newest candle event is that of an open bar.
    private(set) var openPrice: Price?

    /// Takes one candle event; false where it is of longer bars than those that are followed.
    mutating func take(_ kline: borrowing KlineEvent) -> Bool {
        guard kline.minutes <= minutes else { return false }
        minutes = kline.minutes
        openPrice = kline.isConfirmed ? nil : kline.close
        return true
    }
}
