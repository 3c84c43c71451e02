import NIOCore

/// Counts REST calls as the exchange counts those of one address: too many, and it answers nothing for a while.
struct RestLimiter {
    static let callsMax = 600
    static let window = TimeAmount.seconds(5)
    static let banLength = TimeAmount.minutes(10)

    private var calls = CircularBuffer<NIODeadline>()
    private var bannedUntil: NIODeadline?

    /// False while the address is banned.
    mutating func admits(at now: NIODeadline) -> Bool {
        if let bannedUntil {
            guard now >= bannedUntil else { return false }
            self.bannedUntil = nil
        }
        while let first = calls.first, now - first >= RestLimiter.window { calls.removeFirst() }
        calls.append(now)
        guard calls.count > RestLimiter.callsMax else { return true }
        bannedUntil = now + RestLimiter.banLength
        calls.removeAll()
        return false
    }
}
