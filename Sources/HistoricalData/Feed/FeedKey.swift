import Contracts

/// An event's place in the order of a feed: its time, and at one time its rank.
package struct FeedKey: Comparable, Hashable, Sendable {
    /// What is told first of all that happens in one millisecond.
    package enum Rank: Int64, Sendable {
        /// The rate of the settlement that is due.
        case funding
        /// What has ended: closed candles, quotes at a close.
        case closing
        /// Mark prices and quotes of what begins; the venue settles funding at them.
        case mark
        /// A candle begins with its first price.
        case opening
        /// Trades, books and all that a recording has.
        case trading
        /// What is known of the settlement after the one that was due.
        case forecast
    }

    /// Behind every event.
    package static let end = FeedKey(bits: .max)

    let bits: Int64

    @inline(__always)
    init(bits: Int64) { self.bits = bits }

    @inline(__always)
    package init(_ time: UnixMilliseconds, _ rank: Rank) { bits = time &<< 3 | rank.rawValue }

    package var time: UnixMilliseconds { bits >> 3 }

    @inline(__always)
    package static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}
