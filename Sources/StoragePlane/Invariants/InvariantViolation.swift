/// One place where a journal tells of something that must never happen.
package struct InvariantViolation: Hashable, Sendable {
    /// As in operations.md, section 4.
    package let id: String
    /// The event at which it shows.
    package let sequence: UInt64
    /// What is wrong, in a sentence with its figures.
    package let sentence: String
}

extension InvariantViolation: CustomStringConvertible {
    package var description: String { "\(id) at \(sequence): \(sentence)" }
}

/// What a checker holds a journal against where the journal itself does not say it.
package struct InvariantLimits: Hashable, Sendable {
    /// So many new orders may be placed in any second, minute and day, exits apart; nil: no limit.
    package var ordersPerSecondMax: Int? = 10
    package var ordersPerMinuteMax: Int? = 120
    package var ordersPerDayMax: Int? = 10_000
    /// A position whose intent named a stop has one at the venue after so long.
    package var stopMillisecondsMax: Int64 = 5_000
    /// A command is answered after so long.
    package var answerMillisecondsMax: Int64 = 60_000
    /// Texts that may stand nowhere, besides the names of secrets that are always looked for.
    package var secrets: [String] = []

    package init() {}
}
