/// One candle, built from trades or from shorter candles.
struct Candle: Equatable, Sendable {
    let startMs: Int64
    var open: Fixed
    var high: Fixed
    var low: Fixed
    var close: Fixed
    /// Sums in units of 10⁻⁸.
    var volume: Int128 = 0
    var turnover: Int128 = 0
    var lastTradeMs: Int64
    /// False while the candle only carries the last close on.
    var hasTrades = true

    /// A candle nothing was traded in yet.
    static func flat(at price: Fixed, startMs: Int64) -> Candle {
        Candle(
            startMs: startMs,
            open: price,
            high: price,
            low: price,
            close: price,
            lastTradeMs: startMs,
            hasTrades: false
        )
    }

    /// Takes over a later piece: a trade seen as a candle, or a shorter candle.
    mutating func absorb(_ piece: Candle) {
        if !hasTrades {
            (open, high, low) = (piece.open, piece.high, piece.low)
        }
        high = max(high, piece.high)
        low = min(low, piece.low)
        close = piece.close
        volume += piece.volume
        turnover += piece.turnover
        lastTradeMs = max(lastTradeMs, piece.lastTradeMs)
        hasTrades = hasTrades || piece.hasTrades
    }

    init(
        startMs: Int64,
        open: Fixed,
        high: Fixed,
        low: Fixed,
        close: Fixed,
        volume: Int128 = 0,
        turnover: Int128 = 0,
        lastTradeMs: Int64,
        hasTrades: Bool = true
    ) {
        (self.startMs, self.open, self.high, self.low, self.close) = (startMs, open, high, low, close)
        (self.volume, self.turnover) = (volume, turnover)
        (self.lastTradeMs, self.hasTrades) = (lastTradeMs, hasTrades)
    }

    /// A trade seen as a candle, with its value in the instrument's own terms.
    init(_ trade: Trade, of spec: InstrumentSpec) {
        self.init(
            startMs: trade.timeMs,
            open: trade.price,
            high: trade.price,
            low: trade.price,
            close: trade.price,
            volume: Int128(trade.quantity.units),
            turnover: spec.turnover(trade.price, trade.quantity),
            lastTradeMs: trade.timeMs
        )
    }
}
