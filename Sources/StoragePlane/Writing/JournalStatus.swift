/// What the writer has done, for health and metrics.
package struct JournalStatus: Hashable, Sendable {
    /// The newest event that was committed: it outlives the process.
    package internal(set) var head: UInt64
    /// The newest event that the disk has, and its link: it outlives a loss of power.
    package internal(set) var durable: JournalHead
    /// Events that are not committed yet.
    package internal(set) var queuedCount = 0
    /// How often the kernel had to wait for room.
    package internal(set) var blockedCount = 0
    package internal(set) var failureCount = 0
    /// The last error's text while writes fail; nil as soon as one succeeds.
    package internal(set) var failure: String?
    package internal(set) var health = JournalHealth.ok
    /// How often the disk was synced, and the 99th hundredth of the newest times, in milliseconds.
    package internal(set) var syncCount: UInt64 = 0
    package internal(set) var syncP99Milliseconds: Int64 = 0
    package internal(set) var commitCount: UInt64 = 0
}
