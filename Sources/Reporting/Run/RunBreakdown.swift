import Contracts

/// How a market regime was traded.
package struct RegimeShare: Codable, Hashable, Sendable {
    package let name: String
    /// Its share of the run's time, 0 to 1.
    package let timeShare: Double
    /// Round trips that began in it, and what they brought.
    package let trades: Int
    package let net: Money

    package init(name: String, timeShare: Double, trades: Int, net: Money) {
        self.name = name
        self.timeShare = timeShare
        self.trades = trades
        self.net = net
    }
}

/// How many intents a check of the risk chain refused.
package struct RejectionCount: Codable, Hashable, Sendable {
    package let check: String
    package let count: Int

    package init(check: String, count: Int) {
        self.check = check
        self.count = count
    }
}

/// What became of one strategy's wishes.
package struct StrategyResult: Codable, Hashable, Sendable {
    package let name: String
    package let intents: Int
    package let rejected: Int
    package let trades: Int
    /// Round trips that brought something.
    package let won: Int
    package let profit: ProfitParts

    package init(name: String, intents: Int, rejected: Int, trades: Int, won: Int, profit: ProfitParts) {
        self.name = name
        self.intents = intents
        self.rejected = rejected
        self.trades = trades
        self.won = won
        self.profit = profit
    }
}

/// Something a reader has to know before the figures, such as the look-ahead check's result.
package struct RunNotice: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
        /// A check that the run passed.
        case passed
        case note
        /// A reason not to trust the figures.
        case warning
    }

    package let kind: Kind
    package let text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
