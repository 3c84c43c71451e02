/// What a decoder has met so far.
package struct WireCounters: Hashable, Sendable {
    /// Messages of any kind.
    package var frames: UInt64 = 0
    /// Events given out.
    package var events: UInt64 = 0
    /// Messages that could not be read.
    package var malformed: UInt64 = 0
    /// Pushes of a topic that is not known here.
    package var unknownTopics: UInt64 = 0
    /// Members and enum values that are not known here.
    package var unknownFields: UInt64 = 0
    /// Ticker deltas older than the state they would change.
    package var outdated: UInt64 = 0
    /// Deltas without the snapshot they belong to.
    package var unanchored: UInt64 = 0
    /// Breaks in a stream that only a new snapshot heals.
    package var gaps: UInt64 = 0
    /// Side figures that have no exact value here and were left out.
    package var unrepresentable: UInt64 = 0

    package init() {}
}
