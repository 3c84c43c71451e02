import Contracts

/// One event as the journal keeps it.
package struct JournalRow: Hashable, Sendable {
    package let sequence: UInt64
    package let ts: UnixMilliseconds
    /// The topic's name in the event map.
    package let topic: String
    package let source: String
    package let correlation: String?
    /// Whether the event came from outside: what a replay feeds.
    package let isRoot: Bool
    /// The event as JSON, its meta included, byte for byte.
    package let bytes: [UInt8]
    /// The chain's link; nil in a journal of version 1, which has none.
    package let hash: ChainHash?

    init(_ row: borrowing RowView) {
        sequence = UInt64(clamping: row.seq)
        ts = row.ts
        topic = row.topic
        source = row.source
        correlation = row.correlation
        isRoot = row.isRoot
        bytes = row.payload
        hash = row.storedHash
    }

    /// The event as JSON, its meta included.
    package var payload: String { String(decoding: bytes, as: UTF8.self) }

    /// Decodes the event; equal to the one that was published.
    package func event() throws(JournalError) -> AnyEvent { try EventDecoder().event(of: self) }
}
