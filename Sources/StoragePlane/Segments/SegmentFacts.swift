import Contracts
import OpenSSL

/// What one segment says of itself: kept in its `meta` table, and in the head of its compressed file.
///
/// - Shape: names and texts, with a digest over all of them, so that a flipped bit in any is seen.
package struct SegmentFacts: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// Being written; after a crash it says so still.
        case open
        /// Left in order by its writer; the next run goes on with it.
        case closed
        /// Complete: the next segment goes on.
        case sealed
    }

    /// What a sealed segment holds.
    package struct Seal: Hashable, Sendable {
        package let last: UInt64
        package let hash: ChainHash
        package let firstTs: UnixMilliseconds
        package let lastTs: UnixMilliseconds
        /// The parts of the state that have snapshots here, by name.
        package var parts: [String]

        package init(
            last: UInt64,
            hash: ChainHash,
            firstTs: UnixMilliseconds,
            lastTs: UnixMilliseconds,
            parts: [String]
        ) {
            self.last = last
            self.hash = hash
            self.firstTs = firstTs
            self.lastTs = lastTs
            self.parts = parts
        }
    }

    /// The journal's id, drawn once: eight of a-z and 2-7.
    package let journal: String
    /// The number of the first row, there or still to come.
    package let first: UInt64
    /// The link that the first row follows.
    package let previous: ChainHash
    package var state = State.open
    package var seal: Seal?
    /// When rows were taken out because their time was up, by the newest event's time then; nil where all are there.
    package var thinned: UnixMilliseconds?
    /// What went before the oldest segment, as far as this one has heard.
    package var retired: Retirement?

    package init(journal: String, first: UInt64, previous: ChainHash) {
        self.journal = journal
        self.first = first
        self.previous = previous
    }

    /// Nil where an entry is missing or is not what its name promises, or the digest is another one.
    package init?(_ entries: [String: String]) {
        guard let journal = entries["journal"], let first = entries["first"].flatMap({ UInt64($0) }),
            let previous = entries["previous"].flatMap({ ChainHash(hexadecimal: $0) }),
            let state = entries["state"].flatMap(State.init)
        else { return nil }
        self.init(journal: journal, first: first, previous: previous)
        self.state = state
        thinned = entries["thinned"].flatMap { UnixMilliseconds($0) }
        seal = Seal(entries)
        retired = Retirement(entries)
        guard self.entries == entries else { return nil }
    }

    /// Every fact by its name, the digest included.
    package var entries: [String: String] {
        var entries = [
            "journal": journal, "first": String(first), "previous": previous.description,
            "state": state.rawValue,
        ]
        if let thinned { entries["thinned"] = String(thinned) }
        entries.merge(seal?.entries ?? [:]) { $1 }
        entries.merge(retired?.entries ?? [:]) { $1 }
        let text = Self.text(entries)
        entries["digest"] = SHA256Digest.hex(of: text.utf8)
        return entries
    }

    /// One fact a line, in the order of their names.
    static func text(_ entries: [String: String]) -> String {
        entries.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    }

    /// Reads what ``text(_:)`` writes.
    static func entries(in text: String) -> [String: String] {
        var entries: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { entries[String(parts[0])] = String(parts[1]) }
        }
        return entries
    }
}

extension SegmentFacts.Seal {
    fileprivate init?(_ entries: [String: String]) {
        guard let last = entries["last"].flatMap({ UInt64($0) }),
            let hash = entries["hash"].flatMap({ ChainHash(hexadecimal: $0) }),
            let firstTs = entries["first_ts"].flatMap({ UnixMilliseconds($0) }),
            let lastTs = entries["last_ts"].flatMap({ UnixMilliseconds($0) }), let parts = entries["parts"]
        else { return nil }
        self.init(
            last: last,
            hash: hash,
            firstTs: firstTs,
            lastTs: lastTs,
            parts: parts.split(separator: ",").map(String.init)
        )
    }

    fileprivate var entries: [String: String] {
        [
            "last": String(last), "hash": hash.description, "first_ts": String(firstTs),
            "last_ts": String(lastTs), "parts": parts.joined(separator: ","),
        ]
    }
}
