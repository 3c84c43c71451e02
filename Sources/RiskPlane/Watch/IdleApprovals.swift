import Contracts

/// Approvals of one instrument that lead nowhere new: a strategy that has run away.
struct IdleApprovals: Hashable, Codable {
    private var times: [UnixMilliseconds] = []
    /// The targets approved lately lie between these.
    private var lowest = Quantity.zero
    private var highest = Quantity.zero
    private var newest: UnixMilliseconds?

    /// Notes one approval; true where it makes a runaway.
    mutating func note(_ target: Quantity, at now: UnixMilliseconds, _ limits: RiskLimits) -> Bool {
        guard let countMax = limits.runawayApprovalsMax, countMax > 0 else { return false }
        let isLate = newest.map { now - $0 > limits.runawayWindowMilliseconds } ?? true
        newest = now
        if isLate {
            (lowest, highest) = (target, target)
            times.removeAll(keepingCapacity: true)
        } else if target < lowest || target > highest {
            (lowest, highest) = (min(lowest, target), max(highest, target))
            times.removeAll(keepingCapacity: true)
        }
        times.append(now)
        if times.count > countMax { times.removeFirst(times.count - countMax) }
        return times.count == countMax && now - times[0] <= limits.runawayWindowMilliseconds
    }

    mutating func reset() { self = IdleApprovals() }
}
