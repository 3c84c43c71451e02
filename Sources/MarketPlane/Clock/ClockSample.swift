import Contracts

/// One comparison of our clock with the exchange's: when we asked, what it said, when the answer was here.
package struct ClockSample: Hashable, Sendable {
    private static let nanosecondsPerMillisecond: Int64 = 1_000_000

    /// Positive: our clock is ahead.
    package let offsetMilliseconds: Int64
    /// The truth is no farther from the offset than this: half the way there and back.
    package let errorBoundMilliseconds: Int64

    package init(sentAt: UnixMilliseconds, receivedAt: UnixMilliseconds, exchangeNanoseconds: Int64) {
        let roundTrip = max(0, receivedAt - sentAt)
        let midpoint = sentAt + roundTrip / 2
        offsetMilliseconds = midpoint - exchangeNanoseconds / Self.nanosecondsPerMillisecond
        // Both clocks are read in whole milliseconds, which is one more of doubt.
        errorBoundMilliseconds = (roundTrip + 1) / 2 + 1
    }

    /// The sample with the least doubt, the newest of equals.
    package static func best(of samples: [ClockSample]) -> ClockSample? {
        samples.reversed().min { $0.errorBoundMilliseconds < $1.errorBoundMilliseconds }
    }
}
