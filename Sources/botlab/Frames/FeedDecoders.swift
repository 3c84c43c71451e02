import BybitProtocol
import Contracts
import Recording

/// A decoder for every connection that a recording tells of, and the counts of all together.
struct FeedDecoders {
    private struct Feed: Hashable {
        let category: Category
        let connectionID: String
    }

    /// More than a recorder has open at once; reconnects of long recordings make room for each other.
    private static let feedCountMax = 256

    private let category: Category
    private var decoders: [Feed: PublicFrameDecoder] = [:]
    /// The counts of decoders that made room.
    private var retired = WireCounters()
    private(set) var output = DecodedFrame()

    init(category: Category) { self.category = category }

    /// Reads one frame; ``output`` holds what it meant.
    mutating func decode(_ frame: RecordedFrame) throws(WireError) {
        let feed = Feed(category: frame.category ?? category, connectionID: frame.connectionID)
        if decoders[feed] == nil {
            if decoders.count >= Self.feedCountMax {
                retired = counters
                decoders.removeAll()
            }
            decoders[feed] = PublicFrameDecoder(category: feed.category)
        }
        try decoders[feed]?.decode(
            Array(frame.bytes),
            receivedAt: frame.receivedNanoseconds / 1_000_000,
            into: &output
        )
    }

    /// What all decoders have met so far.
    var counters: WireCounters {
        decoders.values.reduce(into: retired) { sum, decoder in
            let counters = decoder.counters
            sum.frames += counters.frames
            sum.events += counters.events
            sum.malformed += counters.malformed
            sum.unknownTopics += counters.unknownTopics
            sum.unknownFields += counters.unknownFields
            sum.outdated += counters.outdated
            sum.unanchored += counters.unanchored
            sum.gaps += counters.gaps
            sum.unrepresentable += counters.unrepresentable
        }
    }
}
