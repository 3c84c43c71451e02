/// How the journal is written, cut into segments and kept.
package struct JournalSettings: Hashable, Sendable {
    /// What is brought to the disk, and when.
    package enum Durability: String, Hashable, Sendable {
        /// By topic: ``Topic/durability`` tells what is waited for.
        case byTopic = "CLASSES"
        /// Nothing is waited for: a commit outlives the process; the newest ones may not outlive a loss of power.
        case process = "NORMAL"
        /// Every commit.
        case power = "FULL"
    }

    /// So many events may wait for the disk; from there on the kernel waits.
    package var queueLimitEvents = 1 << 16
    /// At most so many events share a transaction, and at most so many bytes of them.
    package var transactionLimitEvents = 1 << 13
    package var transactionLimitBytes = 8 << 20
    package var durability = Durability.byTopic
    /// Events that nobody waits for are gathered for so long before they are committed together; 0: not at all.
    package var groupMilliseconds = 20
    /// No event waits longer than this for the disk to have it, whatever its class.
    package var syncMillisecondsMax = 1_000
    package var pageBytes = 16_384
    /// The write-ahead log goes into the main file when it has so many pages.
    package var checkpointPages = 2_048
    /// The pause after a failed write doubles from the first figure to the second.
    package var retryDelayMinMilliseconds = 100
    package var retryDelayMaxMilliseconds = 1_000
    /// How long a `flush` waits.
    package var flushLimitSeconds = 30

    /// A segment ends when it has so many bytes, or its day, in UTC, is over.
    package var segmentBytesMax = 256 << 20
    /// A complete segment is compressed when so many days, in UTC, have begun since its newest event; 0: at once.
    package var compressAfterDays = 1
    /// zlib's, 1 to 9.
    package var compressionLevel = 4
    /// How long events of the long class are kept; 0: for ever.
    package var retentionDays = 400
    /// How long events of the short class are kept; 0: as long as the others.
    package var marketRetentionDays = 30

    /// An fsync that takes longer is told as a slow disk.
    package var slowMilliseconds = 500
    /// What has waited longer for the disk closes the trading gate.
    package var stallMilliseconds = 5_000
    /// Writes that have failed for so long end the daemon.
    package var healMillisecondsMax = 10_000
    /// So many of the newest rows are read and their chain is checked when the journal is opened for writing.
    package var openingCheckEvents = 50_000

    package init() {}
}
