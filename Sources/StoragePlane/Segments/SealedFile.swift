import Contracts
import GRDB

/// A complete segment's file on its way from the writer to its keeper.
struct SealedFile: Sendable {
    let path: String
    let database: DatabaseQueue
    /// The time of the row that begins the next segment.
    let ended: UnixMilliseconds
}
