import Contracts

/// What became of each strategy's wishes.
struct StrategyTally {
    struct Line {
        let strategy: StrategyID
        var intents = 0
        var rejected = 0
    }

    /// In the order of their first intents.
    private(set) var lines: [Line] = []

    mutating func note(_ intent: borrowing StrategyIntent) { lines[place(of: intent.strategy)].intents += 1 }

    mutating func note(_ rejected: borrowing RejectedIntent) {
        lines[place(of: rejected.strategy)].rejected += 1
    }

    private mutating func place(of strategy: StrategyID) -> Int {
        if let place = lines.firstIndex(where: { $0.strategy == strategy }) { return place }
        lines.append(Line(strategy: strategy))
        return lines.count - 1
    }
}
