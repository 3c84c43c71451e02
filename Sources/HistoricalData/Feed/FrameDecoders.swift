import BybitProtocol
import Contracts
import Recording

/// A decoder for every connection that a recording tells of.
struct FrameDecoders {
    private struct Connection: Hashable {
        let category: Category
        let id: String
    }

    /// More than a recorder has open at once; reconnects of long recordings make room for each other.
    private static let connectionsMax = 256

    /// Of frames whose recording does not tell.
    let category: Category
    private(set) var output = DecodedFrame()
    private(set) var messageCount = 0
    /// Messages that could not be read.
    private(set) var malformedCount = 0
    private var decoders: [Connection: PublicFrameDecoder] = [:]

    init(category: Category) { self.category = category }

    /// Reads one frame; ``output`` holds what it meant, nothing where it can't be read.
    mutating func decode(_ frame: RecordedFrame) {
        messageCount += 1
        let connection = Connection(category: frame.category ?? category, id: frame.connectionID)
        if decoders[connection] == nil {
            if decoders.count >= Self.connectionsMax { decoders.removeAll() }
            decoders[connection] = PublicFrameDecoder(category: connection.category)
        }
        do throws(WireError) {
            try decoders[connection]?.decode(
                Array(frame.bytes),
                receivedAt: frame.receivedNanoseconds / 1_000_000,
                into: &output
            )
        } catch {
            malformedCount += 1
        }
    }
}
