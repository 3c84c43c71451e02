import Contracts

/// Reads the messages of one public connection and turns them into market events.
///
/// - Shape: one UTF-8 JSON object a message, members in any order; events, a control answer or a gap out.
/// - Units: as the events say; prices in quote asset, sizes in base asset, times in Unix milliseconds.
/// - Errors: ``WireError``; the caller drops and counts the message and stays connected. What is not known
///   here (topics, members, enum values) is counted and never an error; nothing traps, whatever comes.
/// - Source: `docs/exchange/bybit-v5.md`, sections 2 and 3.
package struct PublicFrameDecoder: Sendable {
    /// More symbols than one connection can carry.
    static let tickerCountMax = 4_096

    package let category: Category
    package internal(set) var counters = WireCounters()
    var tickers: [Symbol: TickerState] = [:]
    var lastOpenInterest: [Symbol: Quantity] = [:]
    var lastFunding: [Symbol: Funding] = [:]
    var books = BookKeeper()

    struct Funding: Hashable {
        let rate: Ratio
        let next: UnixMilliseconds?
        let hours: Int?
    }

    package init(category: Category) { self.category = category }

    /// Reads one message; `output` holds what it meant until the next one.
    ///
    /// A message gives all of its events or none.
    package mutating func decode(
        _ frame: UnsafeRawBufferPointer,
        receivedAt time: UnixMilliseconds,
        into output: inout DecodedFrame
    ) throws(WireError) {
        output.clear()
        counters.frames &+= 1
        do throws(WireError) {
            let scanner = unsafe ByteScanner(frame)
            if scanner.contains(0x5C) {
                let plain = unsafe Escapes.plain(frame)
                try plainly(plain, time, &output)
            } else {
                try read(scanner, time, &output)
            }
            counters.events &+= UInt64(output.events.count)
        } catch {
            output.events.removeAll(keepingCapacity: true)
            counters.malformed &+= 1
            throw error
        }
    }

    /// Reads one message from an array: for tests and recordings.
    package mutating func decode(
        _ frame: [UInt8],
        receivedAt time: UnixMilliseconds,
        into output: inout DecodedFrame
    ) throws(WireError) {
        let failure: WireError? = unsafe frame.withUnsafeBytes { bytes in
            do throws(WireError) {
                unsafe try decode(bytes, receivedAt: time, into: &output)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// Forgets all state, as after a reconnect: everything waits for its next snapshot.
    package mutating func reset() {
        tickers.removeAll()
        lastOpenInterest.removeAll()
        lastFunding.removeAll()
        books.removeAll()
    }

    /// Says that a message of a book was lost on its way; false where the book was broken before.
    package mutating func breakBook(depth: Int, symbol: Symbol) -> Bool {
        books.breakBook(BookKeeper.Key(depth: depth, symbol: symbol))
    }

    /// Says that open interest or funding was lost on its way: the next message tells it again.
    package mutating func tellAgain(_ symbol: Symbol) {
        lastOpenInterest[symbol] = nil
        lastFunding[symbol] = nil
    }

    /// The book as it stands; nil while it waits for a snapshot.
    package func book(depth: Int, symbol: Symbol) -> OrderBook? {
        books.book(BookKeeper.Key(depth: depth, symbol: symbol))
    }

    private mutating func plainly(
        _ plain: [UInt8],
        _ time: UnixMilliseconds,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        let failure: WireError? = unsafe plain.withUnsafeBytes { bytes in
            do throws(WireError) {
                unsafe try read(ByteScanner(bytes), time, &output)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    private mutating func read(
        _ source: ByteScanner,
        _ received: UnixMilliseconds,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        var scanner = source
        let envelope = try Envelope(&scanner)
        guard let name = envelope.topic else {
            output.control = try envelope.control(scanner)
            return
        }
        counters.unknownFields &+= envelope.unknownFields
        guard let topic = StreamTopic.read(name, in: scanner) else {
            counters.unknownTopics &+= 1
            return
        }
        guard let dataAt = envelope.dataAt else { throw .missing(field: "data") }
        scanner.at = dataAt
        let push = Push(
            topic: topic,
            envelope: envelope,
            meta: EventMeta(source: .market, ts: received),
            time: envelope.time ?? received
        )
        switch topic.stream {
        case .ticker: try readTicker(push, &scanner, &output)
        case .trades: try readTrades(push, &scanner, &output)
        case .orderBook(let depth): try readBook(push, depth, &scanner, &output)
        case .kline(let minutes): try readKlines(push, minutes, &scanner, &output)
        }
    }
}

/// One push, its envelope read and its `data` still to be read.
struct Push {
    let topic: StreamTopic
    let envelope: Envelope
    let meta: EventMeta
    let time: UnixMilliseconds
}
