import Contracts
import GRDB

/// The chains of a compressed segment, plain beside it: its rows that have a correlation, so that all that followed from
/// one intent or command is found without unpacking the rest.
///
/// - Shape: `journal-<number>.db.chains`, a file of the segments' own layout and version, with the segment's facts and
///   those of its rows that are asked for by their correlation. A set of snapshots is not: it is large, and nobody asks.
/// - Trust: it is a copy. Where it is missing, cannot be read or tells other facts than the segment's head, the segment
///   itself is unpacked, as for segments that older programs have compressed.
enum ChainsFile {
    static let suffix = ".chains"

    /// Whether rows of the correlation would be there.
    static func holds(_ correlation: CorrelationID) -> Bool {
        if case .snapshot = correlation { false } else { true }
    }

    /// Makes the file of the plain segment at `path`.
    static func make(
        of source: SegmentReader,
        _ facts: SegmentFacts,
        at path: String,
        pageBytes: Int,
        isWanted: () -> Bool
    ) throws {
        let builder = try SegmentBuilder(path: path + suffix, pageBytes: pageBytes)
        do {
            try builder.fill { target in
                try target.nameEverything()
                let condition =
                    "WHERE correlation IS NOT NULL AND correlation NOT GLOB 'snapshot-*' ORDER BY seq"
                try source.scan(condition) { row in
                    guard isWanted() else { throw Stopped() }
                    guard let hash = row.storedHash else {
                        throw JournalError.damaged(path: path, why: "row \(row.seq) has no link")
                    }
                    try target.add(row, hash: hash)
                    return true
                }
                return facts
            }
            try builder.publish()
        } catch {
            builder.discard()
            throw error
        }
    }

    /// Opens the file beside the segment that is compressed at `path`; nil where it is of no use.
    static func reader(besideCompressed path: String, _ facts: SegmentFacts) -> SegmentReader? {
        let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        guard FileSystem.exists(plain + suffix) else { return nil }
        do {
            let reader = try SegmentReader(path: plain + suffix)
            guard try reader.facts() == facts else { return nil }
            return reader
        } catch {
            return nil
        }
    }
}
