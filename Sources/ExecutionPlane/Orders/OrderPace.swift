import Contracts

/// How many entering orders were placed lately, so that none is placed before it may.
///
/// Risk asks for room before it gives leave; an order that its leave leads to later, as the one that crosses after
/// another has rested, waits for room here.
struct OrderPace: Hashable, Codable {
    private static let secondMilliseconds: Int64 = 1_000
    private static let minuteMilliseconds: Int64 = 60_000
    private static let dayMilliseconds: Int64 = 86_400_000

    /// The newest, as many as the longest window asks for; oldest first.
    private var times: [UnixMilliseconds] = []
    private var day: Int64 = 0
    private var dayCount = 0

    mutating func note(at now: UnixMilliseconds, _ settings: ExecutionSettings) {
        dayCount = count(onDayOf: now) + 1
        day = now / Self.dayMilliseconds
        let kept = max(settings.entriesPerSecondMax ?? 0, settings.entriesPerMinuteMax ?? 0)
        guard kept > 0 else { return }
        times.append(now)
        if times.count > kept { times.removeFirst(times.count - kept) }
    }

    /// When the next one may be placed; by `now` where it may at once.
    func nextAt(_ now: UnixMilliseconds, _ settings: ExecutionSettings) -> UnixMilliseconds {
        var next = now
        if let most = settings.entriesPerSecondMax, times.count >= most {
            next = max(next, times[times.count - most] + Self.secondMilliseconds)
        }
        if let most = settings.entriesPerMinuteMax, times.count >= most {
            next = max(next, times[times.count - most] + Self.minuteMilliseconds)
        }
        if let most = settings.entriesPerDayMax, count(onDayOf: now) >= most {
            next = max(next, (now / Self.dayMilliseconds + 1) * Self.dayMilliseconds)
        }
        return next
    }

    private func count(onDayOf now: UnixMilliseconds) -> Int {
        now / Self.dayMilliseconds == day ? dayCount : 0
    }
}
