import Contracts

/// The newest stop-loss fills.
struct StopLossLog: Hashable, Codable {
    private var times: [UnixMilliseconds] = []
    /// Until when nothing is entered.
    private(set) var lock: UnixMilliseconds?

    /// Notes one; `countMax` of them within the window begin a pause.
    mutating func note(at now: UnixMilliseconds, countMax: Int?, _ limits: RiskLimits) {
        guard let countMax, countMax > 0 else { return }
        times.append(now)
        if times.count > countMax { times.removeFirst(times.count - countMax) }
        guard times.count == countMax, now - times[0] <= limits.stopLossWindowMilliseconds else { return }
        lock = now + limits.stopLossPauseMilliseconds
    }
}
