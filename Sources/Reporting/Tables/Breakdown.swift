import Contracts

/// The tables of market regimes, of strategies and of what risk refused.
struct Breakdown {
    struct Regime {
        let name: String
        let share: Bar
        let trades: String
        let net: Outcome
    }

    struct Refusal {
        let check: String
        let count: Bar
    }

    struct Strategy {
        let name: String
        let intents: String
        let rejected: String
        let trades: String
        let won: String
        let price: Outcome
        let costs: Outcome
        let net: Outcome
    }

    /// A figure with a bar as long as its part of the longest.
    struct Bar {
        let text: String
        /// In percent.
        let width: String
    }

    let currency: String
    let regimes: [Regime]
    let hasRegimes: Bool
    let refusals: [Refusal]
    let refused: String
    let strategies: [Strategy]
    let hasStrategies: Bool

    init(_ run: RunReport) {
        let money = MoneyText(accountOf: run.startingEquity)
        currency = run.currency
        let shareMax = run.regimes.map(\.timeShare).max() ?? 0
        regimes = run.regimes.map {
            Regime(
                name: $0.name,
                share: Bar(NumberText.share($0.timeShare, places: 1), $0.timeShare, of: shareMax),
                trades: NumberText.count($0.trades),
                net: money.outcome($0.net)
            )
        }
        hasRegimes = !run.regimes.isEmpty
        let countMax = Double(run.rejections.map(\.count).max() ?? 0)
        refusals = run.rejections.map {
            Refusal(check: $0.check, count: Bar(NumberText.count($0.count), Double($0.count), of: countMax))
        }
        refused = NumberText.count(run.rejections.reduce(0) { $0 + $1.count })
        strategies = run.strategies.map { Strategy($0, money) }
        hasStrategies = !run.strategies.isEmpty
    }
}

extension Breakdown.Bar {
    fileprivate init(_ text: String, _ value: Double, of most: Double) {
        self.text = text
        width = Coordinate.percent(most > 0 ? value / most : 0)
    }
}

extension Breakdown.Strategy {
    fileprivate init(_ result: StrategyResult, _ money: MoneyText) {
        let profit = result.profit
        name = result.name
        intents = NumberText.count(result.intents)
        rejected = NumberText.count(result.rejected)
        trades = NumberText.count(result.trades)
        won =
            result.trades > 0 ? NumberText.share(Double(result.won) / Double(result.trades), places: 1) : "–"
        price = money.outcome(profit.price)
        costs = money.outcome(profit.approximateNet - profit.price.approximate)
        net = money.net(profit)
    }
}
