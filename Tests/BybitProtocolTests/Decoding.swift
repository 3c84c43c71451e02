import BybitProtocol
import Contracts

/// A decoder and all that came out of it.
struct Decoding {
    var decoder: PublicFrameDecoder
    var output = DecodedFrame()
    var events: [AnyEvent] = []
    var gaps: [StreamGap] = []

    init(_ category: Contracts.Category = .linear) { decoder = PublicFrameDecoder(category: category) }

    /// Reads one message; nil where it was read, else why not.
    @discardableResult
    mutating func read(_ text: String, at time: UnixMilliseconds = 1_786_540_000_000) -> WireError? {
        read(Array(text.utf8), at: time)
    }

    @discardableResult
    mutating func read(_ bytes: [UInt8], at time: UnixMilliseconds = 1_786_540_000_000) -> WireError? {
        do throws(WireError) {
            try decoder.decode(bytes, receivedAt: time, into: &output)
            events += output.events
            if let gap = output.gap { gaps.append(gap) }
            return nil
        } catch {
            return error
        }
    }

    var tickers: [TickerEvent] {
        events.compactMap { if case .marketTicker(let event) = $0 { event } else { nil } }
    }
    var trades: [TradeEvent] {
        events.compactMap { if case .marketTrade(let event) = $0 { event } else { nil } }
    }
    var books: [OrderBookDelta] {
        events.compactMap { if case .marketOrderbookDelta(let event) = $0 { event } else { nil } }
    }
    /// The book that the events make.
    func book(depth: Int) -> OrderBook {
        books.reduce(into: OrderBook(depth: depth)) { book, delta in book.apply(delta) }
    }
    var klines: [KlineEvent] {
        events.compactMap { if case .marketKline(let event) = $0 { event } else { nil } }
    }
    var interests: [OpenInterestEvent] {
        events.compactMap { if case .marketOi(let event) = $0 { event } else { nil } }
    }
    var fundings: [FundingEvent] {
        events.compactMap { if case .marketFunding(let event) = $0 { event } else { nil } }
    }
}
