import BybitProtocol
import Contracts

/// The first byte picks the product line; every line after it is a message, and all go to one connection.
enum FrameFuzz {
    private static let time: UnixMilliseconds = 1_786_540_000_000
    /// Messages of one input; more only make the run slow.
    private static let frameCountMax = 64

    static func contradiction(in bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let category = Category.allCases[Int(first) % Category.allCases.count]
        return contradiction(
            in: bytes.dropFirst().split(separator: 0x0A, omittingEmptySubsequences: false).prefix(
                frameCountMax
            ),
            category
        )
    }

    static func contradiction(in frames: some Sequence<ArraySlice<UInt8>>, _ category: Category) -> String? {
        var usual = Reader(PublicFrameDecoder(category: category))
        var byName = Reader(PublicFrameDecoder(category: category, readsByNameOnly: true))
        for frame in frames {
            let (left, right) = (usual.read(Array(frame)), byName.read(Array(frame)))
            if left != right { return "read quickly: \(left)\nread by name: \(right)" }
            if let broken = usual.broken { return broken }
        }
        return nil
    }

    /// What one message came to.
    private struct Meaning: Equatable {
        var failed = false
        var events: [AnyEvent] = []
        var control: ControlMessage?
        var gap: StreamGap?
    }

    private struct Reader {
        private var decoder: PublicFrameDecoder
        private var output = DecodedFrame()
        private var books: [Key: OrderBook] = [:]
        private let encoder = EventJSONEncoder()
        private(set) var broken: String?

        private struct Key: Hashable {
            let symbol: Symbol
            let depth: Int
        }

        init(_ decoder: PublicFrameDecoder) { self.decoder = decoder }

        mutating func read(_ frame: [UInt8]) -> Meaning {
            var meaning = Meaning()
            do throws(WireError) {
                try decoder.decode(frame, receivedAt: FrameFuzz.time, into: &output)
            } catch {
                meaning.failed = true
                if error.why.isEmpty { broken = "an error without words" }
            }
            (meaning.events, meaning.control, meaning.gap) = (output.events, output.control, output.gap)
            if meaning.failed, !meaning.events.isEmpty { broken = "a refused message gave events" }
            for event in meaning.events { check(event) }
            return meaning
        }

        private mutating func check(_ event: AnyEvent) {
            var json: [UInt8] = []
            // Only infinities can't be written, and no message gives one.
            do { try encoder.encode(event, into: &json) } catch { broken = "\(error)" }
            guard case .marketOrderbookDelta(let delta) = event else { return }
            let key = Key(symbol: delta.instrument.symbol, depth: delta.depth)
            if !delta.isSnapshot, books[key] == nil { broken = "a change was given out before any snapshot" }
            books[key, default: OrderBook(depth: delta.depth)].apply(delta)
            if books[key]?.isCrossed == true { broken = "a crossed book was given out" }
        }
    }
}
