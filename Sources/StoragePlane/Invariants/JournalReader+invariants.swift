import Contracts

/// All that can be said of a journal without its planes.
package struct JournalVerdict: Hashable, Sendable {
    /// Whether it is whole: pages, chain, numbers, times (I11).
    package let check: JournalCheck
    /// What it tells of that must never happen; the first hundred.
    package let violations: [InvariantViolation]
    /// How often each invariant was broken, by id.
    package let counts: [String: Int]
    /// Rows that this program cannot decode.
    package let unreadableCount: Int

    package var isClean: Bool { check.isWhole && violations.isEmpty }
}

extension JournalReader {
    /// Reads the whole journal once: whether it is whole, and whether what it tells of was right.
    package func verify(limits: InvariantLimits = InvariantLimits()) throws(JournalError) -> JournalVerdict {
        var invariants = JournalInvariants(limits: limits)
        var verifier = JournalVerifier(shelf: shelf)
        let check = try verifier.run { row in invariants.take(JournalRow(row)) }
        return JournalVerdict(
            check: check,
            violations: invariants.violations,
            counts: invariants.counts,
            unreadableCount: invariants.unreadableCount
        )
    }
}
