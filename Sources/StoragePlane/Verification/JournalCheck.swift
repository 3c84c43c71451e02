import Contracts

/// Whether a journal is whole.
package struct JournalCheck: Hashable, Sendable {
    /// Numbers that are missing between two rows.
    package struct Gap: Hashable, Sendable {
        package let from: UInt64
        package let to: UInt64
    }

    /// A place where something does not follow from what is before it, or is not what its writer left there.
    package struct Break: Hashable, Sendable {
        package let sequence: UInt64
        package let why: String
    }

    /// Nil in an empty journal.
    package internal(set) var first: UInt64?
    package internal(set) var last: UInt64?
    package internal(set) var count = 0
    package internal(set) var segmentCount = 0
    /// The chain's end; nil without a chain.
    package internal(set) var head: JournalHead?
    /// Whether every row's link was computed anew and compared; version 1 has none.
    package internal(set) var hasChain = true
    /// The first hundred of each.
    package internal(set) var gaps: [Gap] = []
    package internal(set) var breaks: [Break] = []
    /// Rows whose time is before that of the row before them, and rows whose payload is no JSON.
    package internal(set) var backwardCount = 0
    package internal(set) var malformedCount = 0
    /// What is wrong with files as a whole; empty where nothing is.
    package internal(set) var damage: [String] = []
    /// Rows that retention has taken out of segments; their chain is whole where `isWhole`.
    package internal(set) var removedCount: UInt64 = 0
    /// Snapshots among the rows, each held against its segment's list.
    package internal(set) var snapshotCount = 0
    /// The newest record of what retention has deleted.
    package internal(set) var retired: Retirement?

    package var isWhole: Bool {
        gaps.isEmpty && breaks.isEmpty && backwardCount == 0 && malformedCount == 0 && damage.isEmpty
    }

    /// How much is wrong, as far as it is listed.
    package var breachCount: Int {
        gaps.count + breaks.count + damage.count + (malformedCount > 0 ? 1 : 0)
    }

    private static let listCountMax = 100

    mutating func note(_ gap: Gap) {
        if gaps.count < Self.listCountMax { gaps.append(gap) }
    }

    mutating func note(_ sequence: UInt64, _ why: String) {
        if breaks.count < Self.listCountMax { breaks.append(Break(sequence: sequence, why: why)) }
    }
}

extension JournalReader {
    /// Reads the whole journal once and says what is wrong with it.
    ///
    /// - Errors: only where the journal as a whole cannot be read; what is wrong with a segment is in the answer.
    package func check() throws(JournalError) -> JournalCheck {
        var verifier = JournalVerifier(shelf: shelf)
        return try verifier.run { _ in }
    }
}
