/// A run of rows that retention has taken out of a segment: the last one's link stays, so that the chain goes on.
package struct Tombstone: Hashable, Sendable {
    package let first: UInt64
    package let last: UInt64
    /// The link of the row `last`.
    package let hash: ChainHash
}
