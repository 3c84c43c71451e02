import Contracts
import GRDB

/// A complete segment's file on its way from the writer to its keeper.
struct SealedFile: Sendable {
    let path: String
    let database: DatabaseQueue
    /// Its newest row, with the chain's link there.
    let head: JournalHead
    /// The time of the row that begins the next segment.
    let ended: UnixMilliseconds
}
