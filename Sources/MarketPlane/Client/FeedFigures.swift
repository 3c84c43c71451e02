import BybitProtocol

/// What one connection has done since the start of the run.
package struct FeedFigures: Hashable, Sendable {
    package internal(set) var wire = WireCounters()
    package internal(set) var byteCount: UInt64 = 0
    package internal(set) var topicCount = 0
    /// Tries to connect, and those that came to an open connection.
    package internal(set) var tryCount = 0
    package internal(set) var openCount = 0
    /// Events the kernel had no room for when they came; they were kept, conflated or dropped.
    package internal(set) var refusedCount: UInt64 = 0
    /// Of them: those whose place a newer one of the same kind took.
    package internal(set) var conflatedCount: UInt64 = 0
    /// Of them: lost trades, book messages and everything else; each loss was told and is mended.
    package internal(set) var droppedTradeCount: UInt64 = 0
    package internal(set) var droppedBookCount: UInt64 = 0
    package internal(set) var droppedOtherCount: UInt64 = 0
    /// Of them: those that wait at this moment.
    package internal(set) var waitingCount = 0
    package internal(set) var gapCount: UInt64 = 0
    /// Streams that were asked for anew.
    package internal(set) var resyncCount: UInt64 = 0
    /// Books that were compared with the exchange's snapshot, and those that differed.
    package internal(set) var checkedBookCount: UInt64 = 0
    package internal(set) var wrongBookCount: UInt64 = 0

    package init() {}

    package var droppedCount: UInt64 { droppedTradeCount + droppedBookCount + droppedOtherCount }
}
