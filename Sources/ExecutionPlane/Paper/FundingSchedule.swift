import Contracts

/// The funding settlements that are to come, each settled once.
struct FundingSchedule: Hashable, Codable {
    struct Settlement: Hashable, Codable {
        let time: UnixMilliseconds
        var rate: Ratio
    }

    /// By time.
    private var settlements: [Settlement] = []
    private var settledThrough: UnixMilliseconds = 0
    /// When the next one is due; far in the future where none is known.
    private(set) var nextTime = UnixMilliseconds.max

    /// Takes the newest word on the coming settlement.
    ///
    /// One that is due by the event's own time stays as it is: the word may come before the event that settles it.
    mutating func take(_ event: borrowing FundingEvent) {
        guard !event.isBackfill, let time = event.nextFundingTime, time > settledThrough else { return }
        let told = event.exchangeTime
        settlements.removeAll { $0.time > told || $0.time == time }
        let settlement = Settlement(time: time, rate: event.rate)
        settlements.insert(settlement, at: settlements.firstIndex { $0.time > time } ?? settlements.endIndex)
        nextTime = settlements.first?.time ?? .max
    }

    /// Takes out the oldest settlement that is due at exchange time `time`.
    mutating func popDue(at time: UnixMilliseconds) -> Settlement? {
        guard nextTime <= time, !settlements.isEmpty else { return nil }
        let settlement = settlements.removeFirst()
        settledThrough = settlement.time
        nextTime = settlements.first?.time ?? .max
        return settlement
    }
}
