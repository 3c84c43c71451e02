import Contracts
import FoundationEssentials
import GRDB
import GRDBSQLite
import OpenSSL

/// One row where SQLite holds it: good until the next row is asked for, and copied by whoever keeps it.
///
/// The statement stands on the row for as long as this value lives, which `SegmentReader` sees to.
@safe struct RowView: ~Copyable {
    let seq: Int64
    let ts: Int64
    let isRoot: Bool
    let topic: String
    let source: String
    private let statement: OpaquePointer

    /// Nil where a column is not of its kind: the file is damaged.
    init?(_ statement: OpaquePointer, _ names: SegmentNames) {
        guard unsafe sqlite3_column_type(statement, 0) == SQLITE_INTEGER,
            unsafe sqlite3_column_type(statement, 1) == SQLITE_INTEGER,
            unsafe sqlite3_column_type(statement, 5) == SQLITE_INTEGER,
            unsafe sqlite3_column_type(statement, 6) == SQLITE_TEXT,
            let topic = unsafe names.topic(statement, 2), let source = unsafe names.source(statement, 3)
        else { return nil }
        unsafe self.statement = statement
        seq = unsafe sqlite3_column_int64(statement, 0)
        ts = unsafe sqlite3_column_int64(statement, 1)
        isRoot = unsafe sqlite3_column_int64(statement, 5) != 0
        self.topic = topic
        self.source = source
    }

    var correlation: String? { unsafe text(4).map { unsafe String(decoding: $0, as: UTF8.self) } }
    var payload: [UInt8] { unsafe text(6).map { unsafe Array($0) } ?? [] }
    var payloadText: String { unsafe text(6).map { unsafe String(decoding: $0, as: UTF8.self) } ?? "" }

    /// The link as it stands in the file; nil in version 1, which has none, or where it has not 32 bytes.
    var storedHash: ChainHash? {
        guard unsafe sqlite3_column_type(statement, 7) == SQLITE_BLOB else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(statement, 7))
        return unsafe ChainHash(
            UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, 7), count: count)
        )
    }

    /// The link that the row has after `previous`; `canonical` is memory to work in.
    func hash(
        after previous: ChainHash,
        _ hasher: inout SHA256Digest,
        _ canonical: inout [UInt8]
    ) -> ChainHash {
        canonical.removeAll(keepingCapacity: true)
        canonical.append(contentsOf: previous.bytes)
        var (topic, source) = (topic, source)
        let payload = unsafe text(6) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        topic.withUTF8 { topic in
            source.withUTF8 { source in
                unsafe CanonicalRow.append(
                    seq: seq,
                    ts: ts,
                    isRoot: isRoot,
                    topic: UnsafeRawBufferPointer(topic),
                    source: UnsafeRawBufferPointer(source),
                    correlation: text(4),
                    payloadCount: payload.count,
                    to: &canonical
                )
            }
        }
        hasher.update(canonical)
        unsafe hasher.update(payload)
        return hasher.finishHash()
    }

    /// A column's bytes where SQLite has them.
    private func text(_ column: CInt) -> UnsafeRawBufferPointer? {
        guard let start = unsafe sqlite3_column_text(statement, column) else { return nil }
        return unsafe UnsafeRawBufferPointer(
            start: start,
            count: Int(sqlite3_column_bytes(statement, column))
        )
    }
}

extension ChainHash {
    /// For SQLite.
    var data: Data { Data(bytes) }
}

extension SHA256Digest {
    mutating func finishHash() -> ChainHash {
        guard let hash = ChainHash(finish()) else { preconditionFailure("a digest has 32 bytes") }
        return hash
    }
}
