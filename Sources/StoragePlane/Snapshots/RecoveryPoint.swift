import Contracts

/// One part's state as the journal keeps it.
package struct KeptSnapshot: Hashable, Sendable {
    package let part: StatefulPart
    /// The number of the `state:snapshot` that brought it.
    package let sequence: UInt64
    /// What it is the state of: the number of the request that it answers, or its own.
    package let asOf: UInt64
    package let ts: UnixMilliseconds
    package let version: Int
    package let body: String

    package init(
        part: StatefulPart,
        sequence: UInt64,
        asOf: UInt64,
        ts: UnixMilliseconds,
        version: Int,
        body: String
    ) {
        self.part = part
        self.sequence = sequence
        self.asOf = asOf
        self.ts = ts
        self.version = version
        self.body = body
    }
}

/// The states from which a run goes on.
package struct RecoveryPoint: Hashable, Sendable {
    /// In the order of ``StatefulPart``, the portfolio last.
    package let snapshots: [KeptSnapshot]
    /// The request that all of them answer: a replay of what came after it leads to the present.
    ///
    /// Nil where no whole set could be had, and each part goes on from its own newest state.
    package let asOf: UInt64?
    /// Snapshots that were passed over, newest first, each with the reason.
    package let passedOver: [String]
    /// The orders that nobody goes on with; nil where all are as they were.
    package let lost: LostOrders?

    package init(
        snapshots: [KeptSnapshot],
        asOf: UInt64?,
        passedOver: [String] = [],
        lost: LostOrders? = nil
    ) {
        self.snapshots = snapshots
        self.asOf = asOf
        self.passedOver = passedOver
        self.lost = lost
    }
}
