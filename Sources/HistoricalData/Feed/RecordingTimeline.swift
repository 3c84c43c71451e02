import Contracts

/// By which clock a recording is told.
package enum RecordingTimeline: String, Hashable, Sendable, CaseIterable {
    /// When each message came to whoever recorded it.
    case arrival
    /// When the exchange made what the message tells, as a daemon with `clock = "exchange"` lives it.
    case exchange
}
