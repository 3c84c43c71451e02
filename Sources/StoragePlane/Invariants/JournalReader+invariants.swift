import Contracts

/// All that can be said of a journal without its planes.
package struct JournalVerdict: Hashable, Sendable {
    /// How a journal stands with one invariant.
    package enum Standing: Hashable, Sendable {
        case holds
        /// How often it was broken.
        case broken(Int)
        /// A journal cannot show it.
        case undecidable
    }

    /// Whether it is whole: pages, chain, numbers, times (I11).
    package let check: JournalCheck
    /// What it tells of that must never happen; the first ones of each invariant.
    package let violations: [InvariantViolation]
    /// How often each invariant was broken, by id.
    package let counts: [String: Int]
    /// Rows that this program cannot decode.
    package let unreadableCount: Int

    package var isClean: Bool { check.isWhole && counts.isEmpty && unreadableCount == 0 }

    /// How the journal stands with one of ``InvariantList/all``.
    package func standing(of entry: InvariantList.Entry) -> Standing {
        guard entry.journal != nil else { return .undecidable }
        let count = entry.id == "I11" ? check.breachCount : counts[entry.id] ?? 0
        return count == 0 ? .holds : .broken(count)
    }

    /// The breaches of one invariant that are listed.
    package func violations(of id: String) -> [InvariantViolation] { violations.filter { $0.id == id } }
}

extension JournalReader {
    /// Reads the whole journal once: whether it is whole, and whether what it tells of was right.
    ///
    /// `progress` is told each row's number.
    package func verify(
        limits: InvariantLimits = InvariantLimits(),
        progress: (UInt64) -> Void = { _ in }
    ) throws(JournalError) -> JournalVerdict {
        var invariants = JournalInvariants(limits: limits)
        var verifier = JournalVerifier(shelf: shelf)
        let check = try verifier.run { row in
            invariants.take(row)
            progress(UInt64(clamping: row.seq))
        }
        return JournalVerdict(
            check: check,
            violations: invariants.violations,
            counts: invariants.counts,
            unreadableCount: invariants.unreadableCount
        )
    }
}
