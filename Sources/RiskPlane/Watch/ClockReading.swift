import Contracts

/// The newest comparison of our clock with the exchange's.
struct ClockReading: Hashable, Codable {
    let at: UnixMilliseconds
    /// The offset and the bound of its error together.
    let worst: Int64
}
