import Contracts

/// What the account has lost since midnight and since its best.
struct EquityWatch: Hashable, Codable {
    private static let dayMilliseconds: Int64 = 86_400_000

    /// As told last, in this run or an earlier one.
    private(set) var equity: Money?
    private(set) var peak: Money?
    /// The equity at 00:00 UTC: the last one known before.
    private(set) var dayStart: Money?
    private var day: Int64?

    /// Begins a new day where one has begun.
    mutating func roll(to now: UnixMilliseconds) {
        let today = now / Self.dayMilliseconds
        guard today != day else { return }
        day = today
        dayStart = equity
    }

    mutating func take(_ equity: Money, at now: UnixMilliseconds) {
        roll(to: now)
        if dayStart == nil { dayStart = equity }
        peak = max(peak ?? equity, equity)
        self.equity = equity
    }

    /// Counts the fall from here on.
    mutating func resetPeak() { peak = equity }

    /// When the present day ends.
    func dayEnd(at now: UnixMilliseconds) -> UnixMilliseconds {
        (now / Self.dayMilliseconds + 1) * Self.dayMilliseconds
    }

    /// Above zero: lost.
    var dayLoss: Money {
        get throws(NumberError) {
            guard let dayStart, let equity else { return .zero }
            return try dayStart.subtracting(equity)
        }
    }

    /// How far below its best the account is, in money.
    var fall: Money {
        get throws(NumberError) {
            guard let peak, let equity else { return .zero }
            return try peak.subtracting(equity)
        }
    }

    /// The fall as a fraction of the best, to be shown; the limit is asked exactly.
    var drawdown: Ratio {
        guard let peak, let fall = try? fall, peak > .zero else { return 0 }
        return (try? Ratio(nearestTo: fall.approximate / peak.approximate, scale: 6)) ?? 0
    }

    /// What the day may lose at most; nil where nobody asks.
    func dayLossMax(_ limits: RiskLimits) throws(NumberError) -> Money? {
        guard let share = limits.dailyLossShareMax, let dayStart, dayStart > .zero else {
            return limits.dailyLossMax
        }
        let shared = try dayStart.times(share)
        return min(limits.dailyLossMax ?? shared, shared)
    }
}
