import Contracts
import FoundationEssentials
import GRDB

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
    /// The event as JSON, its meta included.
    package let payload: String

    init(_ row: Row) {
        sequence = UInt64(bitPattern: row["seq"] as Int64)
        ts = row["ts"]
        topic = row["topic"]
        source = row["source"]
        correlation = row["correlation"]
        isRoot = row["root"]
        payload = row["payload"]
    }

    /// Decodes the event; equal to the one that was published.
    package func event() throws(JournalError) -> AnyEvent {
        guard let topic = Topic(rawValue: topic) else {
            throw .malformedRow(sequence: sequence, topic: topic, why: "this program has no such topic")
        }
        do {
            return try AnyEvent.decodePayload(of: topic, with: JSONPayload(data: Data(payload.utf8)))
        } catch {
            throw .malformedRow(sequence: sequence, topic: self.topic, why: String(describing: error))
        }
    }
}

/// Decodes one payload from JSON.
private struct JSONPayload: PayloadDecoder {
    let data: Data

    func decode<Payload: Event>(_ type: Payload.Type) throws -> Payload {
        try JSONDecoder().decode(type, from: data)
    }
}
