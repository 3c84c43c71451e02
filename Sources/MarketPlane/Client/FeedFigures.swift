import BybitProtocol

/// What one connection has done since the start of the run.
package struct FeedFigures: Hashable, Sendable {
    package internal(set) var wire = WireCounters()
    package internal(set) var byteCount: UInt64 = 0
    package internal(set) var openCount = 0
    /// Events the kernel had no room for.
    package internal(set) var refusedCount: UInt64 = 0
    package internal(set) var gapCount: UInt64 = 0

    package init() {}
}
