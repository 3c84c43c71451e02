import Contracts
import GRDB

/// Writes a segment anew without the rows whose time is up; their last links stay, so that the chain can be walked.
struct SegmentThinner {
    let settings: JournalSettings
    /// The newest event's time.
    let now: UnixMilliseconds
    /// Whether these are the newest snapshots of some part.
    let keepsSnapshots: Bool

    /// Makes the thinned file under the name `path`; the old one is gone with the rename.
    func thin(
        _ source: SegmentReader,
        _ facts: SegmentFacts,
        to path: String,
        isWanted: () -> Bool
    ) throws {
        let builder = try SegmentBuilder(path: path, pageBytes: settings.pageBytes)
        do {
            try builder.fill { target in try fill(target, from: source, facts, isWanted) }
            try builder.publish()
        } catch {
            builder.discard()
            throw error
        }
    }

    private func fill(
        _ target: SegmentBuilder.Target,
        from source: SegmentReader,
        _ facts: SegmentFacts,
        _ isWanted: () -> Bool
    ) throws -> SegmentFacts {
        try target.nameEverything()
        var run: Tombstone?
        try source.scan("ORDER BY seq") { row in
            guard isWanted() else { throw Stopped() }
            guard let hash = row.storedHash else {
                throw JournalError.damaged(path: source.path, why: "row \(row.seq) has no link")
            }
            let number = UInt64(clamping: row.seq)
            if isExpired(row.topic) {
                run = Tombstone(first: run?.first ?? number, last: number, hash: hash)
                return true
            }
            if let ended = run { try target.addTombstone(ended) }
            run = nil
            try target.add(row, hash: hash)
            return true
        }
        if let run { try target.addTombstone(run) }
        var thinned = facts
        thinned.thinned = now
        if keepsSnapshots {
            try copySnapshots(of: source, to: target)
        } else {
            thinned.seal?.parts = []
        }
        return thinned
    }

    /// A topic that this program does not know is kept.
    private func isExpired(_ name: String) -> Bool {
        guard let topic = Topic(rawValue: name) else { return false }
        return topic.retention == .short && !(keepsSnapshots && topic == .stateSnapshot)
    }

    private func copySnapshots(of source: SegmentReader, to target: SegmentBuilder.Target) throws {
        for kept in try source.snapshots() {
            try target.addSnapshot(
                seq: Int64(clamping: kept.sequence),
                part: kept.part,
                request: kept.request
            )
        }
    }
}
