/// What a file of market data tells, by its header or its first line; its name plays no part.
package enum DataKind: String, Hashable, Sendable, CaseIterable {
    /// Trade candles: `open_time_ms,open,high,low,close,volume`, or `turnover` in its place.
    case candles
    /// Mark price candles: the same without a volume.
    case marks
    /// Funding rates: `funding_time_ms,funding_rate`.
    case funding
    /// Bars of the best bid and ask: `open_time_ms,bid_open,…,ask_size`.
    case quotes
    /// Public trades: `trade_time_ms,trade_id,price,qty,taker_side`, local time and others beside them.
    case trades
    /// Messages of Bybit's public streams, by our recorder or anybody's.
    case frames
    /// Messages of Binance's combined streams with the local time before them.
    case binanceFrames
}
