import Contracts

/// What an instrument is worth now, by the best source that has spoken.
///
/// First the exchange's mark price; then the newest price that was traded: a trade, a candle, the ticker's last
/// price; then the middle of the book; then our own fill. A book is folded only while nothing else but a fill prices
/// the instrument, so that a feed with tickers, trades or candles pays nothing for it.
struct MarkSources: Hashable {
    /// The exchange's own mark price.
    private(set) var mark: Price?
    /// The newest price that was traded.
    private(set) var last: Price?
    /// The book's middle.
    private(set) var middle: Price?
    /// The price of our newest fill.
    var fill: Price?
    private(set) var book: OrderBook?
    /// Whether there is a book: cheaper to ask than the book.
    private var isFolding = false

    init() {}

    init(restoring line: PortfolioBody.Line) {
        mark = line.mark
        last = line.last
        middle = line.middle
        fill = line.fill
        book = line.book?.book
        isFolding = book != nil
    }

    /// Nil where nobody has said.
    var price: Price? { mark ?? last ?? middle ?? fill }

    mutating func note(_ ticker: borrowing TickerEvent) {
        if let price = ticker.markPrice, price.isPositive { mark = price }
        if let price = ticker.lastPrice { note(last: price) }
        if mark != nil { drop() }
    }

    /// A trade off the book, or of the past, says nothing of the present price.
    mutating func note(_ trade: borrowing TradeEvent) {
        guard !trade.isBlockTrade, !trade.isBackfill else { return }
        note(last: trade.price)
    }

    /// A candle that begins is worth its open; later, and when it is closed, its close.
    @inline(__always)
    mutating func note(_ candle: borrowing KlineEvent) {
        guard !candle.isBackfill else { return }
        if !candle.isConfirmed, candle.meta.ts <= candle.start {
            note(last: candle.open)
        } else {
            note(last: candle.close)
        }
    }

    mutating func note(_ delta: borrowing OrderBookDelta) {
        guard mark == nil, last == nil else { return }
        if delta.isSnapshot, !isFolding {
            book = OrderBook(depth: delta.depth)
            isFolding = true
        }
        guard isFolding else { return }
        book?.apply(delta)
        if let price = book?.mid, price.isPositive { middle = price }
    }

    @inline(__always)
    private mutating func note(last price: Price) {
        guard price.isPositive else { return }
        last = price
        drop()
    }

    private mutating func drop() {
        guard isFolding else { return }
        book = nil
        isFolding = false
    }
}
