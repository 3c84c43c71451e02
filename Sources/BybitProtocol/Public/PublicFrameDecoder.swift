import Contracts

/// Reads the messages of one public connection and turns them into market events.
///
/// The usual forms are read in one pass by ``FrameReader``; whatever differs from them, by name with ``ByteScanner``,
/// which gives the same events and knows what is wrong with a message.
///
/// - Shape: one UTF-8 JSON object a message, members in any order; events, a control answer or a gap out.
/// - Units: as the events say; prices in quote asset, sizes in base asset, times in Unix milliseconds.
/// - Errors: ``WireError``; the caller drops and counts the message and stays connected. What is not known
///   here (topics, members, enum values) is counted and never an error; nothing traps, whatever comes.
/// - Source: `docs/exchange/bybit-v5.md`, sections 2 and 3.
package struct PublicFrameDecoder: Sendable {
    /// The most elements of one array that are read.
    static let elementCountMax = 16_384
    /// Longer messages are rare, and no time is lost by reading them by name.
    static let quickBytesMax = 1 << 20

    package let category: Category
    package internal(set) var counters = WireCounters()
    var slots = StreamSlots()
    var tickers = TickerBoard()
    var books = BookKeeper()
    /// The message with zeros behind it, while it is read; kept, so that it costs no allocation.
    var room: ContiguousArray<UInt8> = []
    /// The levels of one message, until their number is known.
    var levels: ContiguousArray<BookLevel> = []
    private let readsByNameOnly: Bool

    /// Makes a decoder for one connection; `readsByNameOnly` is for comparing both ways of reading.
    package init(category: Category, readsByNameOnly: Bool = false) {
        self.category = category
        self.readsByNameOnly = readsByNameOnly
    }

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
        if !readsByNameOnly, unsafe readQuickly(frame, time, &output) {
            counters.events &+= UInt64(output.events.count)
            return
        }
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
        slots.removeAll()
        tickers.removeAll()
        books.removeAll()
    }

    /// Says that a message of a book was lost on its way; false where the book was broken before.
    package mutating func breakBook(depth: Int, symbol: Symbol) -> Bool {
        books.breakBook(BookKeeper.Key(depth: depth, symbol: symbol))
    }

    /// Says that open interest or funding was lost on its way: the next message tells it again.
    package mutating func tellAgain(_ symbol: Symbol) { tickers.tellAgain(symbol) }

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
}

/// One push, its envelope read and its `data` still to be read.
struct Push {
    let topic: StreamTopic
    let envelope: Envelope
    let meta: EventMeta
    let time: UnixMilliseconds
}
