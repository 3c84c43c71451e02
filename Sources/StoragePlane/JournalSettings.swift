/// How the journal is written.
package struct JournalSettings: Hashable, Sendable {
    /// What a commit waits for.
    package enum Durability: String, Hashable, Sendable {
        /// A commit outlives the process; the newest ones may not outlive a loss of power.
        case process = "NORMAL"
        /// A commit outlives a loss of power.
        case power = "FULL"
    }

    /// So many events may wait for the disk; from there on the kernel waits.
    package var queueLimitEvents = 1 << 16
    /// At most so many events share a transaction.
    package var transactionLimitEvents = 1 << 13
    package var durability = Durability.process
    package var pageBytes = 8192
    /// The write-ahead log goes into the main file when it has so many pages.
    package var checkpointPages = 2048
    /// So many snapshots of each part are kept.
    package var snapshotsPerPart = 16
    /// The pause after a failed write doubles from the first figure to the second.
    package var retryDelayMinMilliseconds = 100
    package var retryDelayMaxMilliseconds = 5_000
    /// How long a `flush` waits.
    package var flushLimitSeconds = 30

    package init() {}
}
