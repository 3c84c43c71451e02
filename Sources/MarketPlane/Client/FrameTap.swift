import Contracts

/// Sees every text frame as it came in, before it is read: connection, category, receive time, bytes.
///
/// Called on the connection's event loop, in order for each connection; the bytes are valid only during the call,
/// and what takes long there makes the feed late.
package typealias FrameTap =
    @Sendable (
        _ connectionID: String,
        _ category: Category,
        _ received: UnixMilliseconds,
        _ frame: RawSpan
    ) -> Void
