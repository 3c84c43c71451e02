import Contracts
import FoundationEssentials

/// Turns rows back into events; one decoder serves any number of them.
package struct EventDecoder {
    private let decoder = JSONDecoder()

    package init() {}

    /// The event of a row; equal to the one that was published.
    package func event(of row: JournalRow) throws(JournalError) -> AnyEvent {
        guard let topic = Topic(rawValue: row.topic) else {
            throw .malformedRow(
                sequence: row.sequence,
                topic: row.topic,
                why: "this program has no such topic"
            )
        }
        do {
            return try AnyEvent.decodePayload(
                of: topic,
                with: JSONPayload(data: Data(row.bytes), decoder: decoder)
            )
        } catch {
            throw .malformedRow(sequence: row.sequence, topic: row.topic, why: String(describing: error))
        }
    }
}

/// Decodes one payload from JSON.
private struct JSONPayload: PayloadDecoder {
    let data: Data
    let decoder: JSONDecoder

    func decode<Payload: Event>(_ type: Payload.Type) throws -> Payload {
        try decoder.decode(type, from: data)
    }
}
