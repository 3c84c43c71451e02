import Contracts

/// How many orders there were lately.
struct OrderRate: Hashable, Codable {
    private static let dayMilliseconds: Int64 = 86_400_000

    /// The newest, as many as the longest window asks for.
    private var times: [UnixMilliseconds] = []
    private var day: Int64 = 0
    private var dayCount = 0

    mutating func note(at now: UnixMilliseconds, _ limits: RiskLimits) {
        dayCount = count(onDayOf: now) + 1
        day = now / Self.dayMilliseconds
        let kept = max(limits.orderRatePerSecondMax ?? 0, limits.orderRatePerMinuteMax ?? 0)
        guard kept > 0 else { return }
        times.append(now)
        if times.count > kept { times.removeFirst(times.count - kept) }
    }

    /// Whether there were `countMax` orders in the last `milliseconds`.
    func isFull(_ countMax: Int?, within milliseconds: Int64, at now: UnixMilliseconds) -> Bool {
        guard let countMax else { return false }
        guard countMax > 0 else { return true }
        return times.count >= countMax && now - times[times.count - countMax] < milliseconds
    }

    /// The orders since 00:00 UTC.
    func count(onDayOf now: UnixMilliseconds) -> Int { now / Self.dayMilliseconds == day ? dayCount : 0 }
}
