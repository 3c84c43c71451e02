import Contracts

/// Rows ready for the disk: encoded and chained, in one stretch of memory that their segment reads in place.
///
/// - Shape: the chain's link before the rows, then for each row its canonical bytes and its own link, which is also
///   the next row's link before.
struct EncodedRows: Sendable {
    struct Row: Sendable {
        let seq: Int64
        let ts: Int64
        /// Places in `Topic.allCases` and `EventMeta.Source.allCases`.
        let topic: Int
        let source: Int
        let isRoot: Bool
        /// Places in `bytes`; empty where there is no correlation.
        var correlation: Range<Int>
        var payload: Range<Int>
        /// Where the 32 bytes of its link begin.
        var hash: Int
    }

    struct Snapshot: Sendable {
        let seq: Int64
        let part: StatefulPart
        /// The number of the request that it answers; nil for one that its part kept by itself.
        let request: Int64?
    }

    var bytes: [UInt8] = []
    var rows: [Row] = []
    var snapshots: [Snapshot] = []
    /// Events that have no JSON; their rows say so.
    var unencodable: [JournalError] = []
    /// Whether something that leaves the process waits for one of the rows.
    var isWriteAhead = false
    var head = JournalHead(sequence: 0, hash: ChainHash.genesis(of: ""))

    /// Ready for other rows, with the memory it has.
    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        snapshots.removeAll()
        unencodable.removeAll()
        isWriteAhead = false
    }
}
