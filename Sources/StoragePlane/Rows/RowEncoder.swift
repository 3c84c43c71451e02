import Contracts
import OpenSSL

/// Turns events into rows: their JSON, and their link in the hash chain.
///
/// Used by one thread at a time.
///
/// Nothing is allocated for a row: its bytes go into the batch's memory and are hashed where they lie.
final class RowEncoder {
    private let json = EventJSONEncoder()
    private var hasher = SHA256Digest()
    private var hash: ChainHash
    private let topics = Topic.allCases.map { Array($0.rawValue.utf8) }
    private let sources = EventMeta.Source.allCases.map { Array($0.rawValue.utf8) }
    private let isWriteAhead = Topic.allCases.map { $0.durability == .writeAhead }

    /// Goes on after the link `hash`.
    init(after hash: ChainHash) { self.hash = hash }

    /// Encodes `batches` from `place` on into `rows`, until they are used up or `bytesMax` is reached; the place it
    /// came to.
    func encode(_ batch: [JournalEntry], from place: Int, bytesMax: Int, into rows: inout EncodedRows) -> Int
    {
        if rows.bytes.isEmpty { rows.bytes.append(contentsOf: hash.bytes) }
        var place = place
        while place < batch.count, rows.bytes.count < bytesMax {
            append(batch[place], to: &rows)
            place += 1
        }
        if let last = rows.rows.last,
            let link = ChainHash(rows.bytes[last.hash..<last.hash + ChainHash.byteCount])
        {
            hash = link
            rows.head = JournalHead(sequence: UInt64(last.seq), hash: link)
        }
        return place
    }

    private func append(_ entry: JournalEntry, to rows: inout EncodedRows) {
        let event = entry.event
        let meta = event.meta
        let topic = event.topic.index
        let source = meta.source.index
        let start = rows.bytes.count - ChainHash.byteCount
        var row = EncodedRows.Row(
            seq: Int64(meta.seq),
            ts: meta.ts,
            topic: topic,
            source: source,
            isRoot: entry.isRoot,
            correlation: 0..<0,
            payload: 0..<0,
            hash: 0
        )
        row.correlation = appendHead(of: row, meta.correlationID, to: &rows.bytes)
        let payload = rows.bytes.count
        appendPayload(of: event, to: &rows)
        row.payload = payload..<rows.bytes.count
        row.hash = rows.bytes.count
        CanonicalRow.setPayload(count: row.payload.count, before: payload, in: &rows.bytes)
        chain(from: start, &rows.bytes)
        rows.rows.append(row)
        if isWriteAhead[topic] { rows.isWriteAhead = true }
        if case .stateSnapshot(let snapshot) = event { note(snapshot, in: &rows) }
    }

    /// Everything before the payload; where the correlation's bytes lie.
    private func appendHead(
        of row: EncodedRows.Row,
        _ correlation: CorrelationID?,
        to bytes: inout [UInt8]
    ) -> Range<Int> {
        unsafe topics[row.topic].withUnsafeBytes { topic in
            unsafe sources[row.source].withUnsafeBytes { source in
                guard let correlation else {
                    unsafe CanonicalRow.append(
                        seq: row.seq,
                        ts: row.ts,
                        isRoot: row.isRoot,
                        topic: topic,
                        source: source,
                        correlation: nil,
                        payloadCount: 0,
                        to: &bytes
                    )
                    return 0..<0
                }
                var text = correlation.description
                return text.withUTF8 { text in
                    unsafe CanonicalRow.append(
                        seq: row.seq,
                        ts: row.ts,
                        isRoot: row.isRoot,
                        topic: topic,
                        source: source,
                        correlation: UnsafeRawBufferPointer(text),
                        payloadCount: 0,
                        to: &bytes
                    )
                    let end = bytes.count - 4
                    return end - text.count..<end
                }
            }
        }
    }

    private func appendPayload(of event: AnyEvent, to rows: inout EncodedRows) {
        do {
            try json.encode(event, into: &rows.bytes)
        } catch {
            let why = String(describing: error)
            let stand = UnencodableEvent(meta: event.meta, unencodable: why)
            // Texts and whole numbers only: always JSON.
            do { try json.encode(stand, into: &rows.bytes) } catch { rows.bytes += Array("{}".utf8) }
            rows.unencodable.append(
                .unencodable(sequence: event.meta.seq, topic: event.topic.rawValue, why: why)
            )
        }
    }

    /// Appends the link over all bytes from `start` on: the link before and the row.
    private func chain(from start: Int, _ bytes: inout [UInt8]) {
        let end = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: ChainHash.byteCount))
        unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe hasher.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            unsafe hasher.finish(into: UnsafeMutableRawBufferPointer(rebasing: bytes[end...]))
        }
    }

    private func note(_ snapshot: StateSnapshot, in rows: inout EncodedRows) {
        var request: Int64?
        if case .snapshot(let number) = snapshot.meta.correlationID { request = Int64(clamping: number) }
        rows.snapshots.append(
            EncodedRows.Snapshot(seq: Int64(snapshot.meta.seq), part: snapshot.part, request: request)
        )
    }
}

extension EventMeta.Source {
    /// Its place among all sources.
    var index: Int {
        switch self {
        case .cli: 0
        case .telegram: 1
        case .system: 2
        case .market: 3
        case .analytics: 4
        case .strategy: 5
        case .risk: 6
        case .trading: 7
        case .storage: 8
        case .research: 9
        }
    }
}

/// Stands in the journal for an event that has no JSON.
private struct UnencodableEvent: Encodable {
    let meta: EventMeta
    let unencodable: String
}
