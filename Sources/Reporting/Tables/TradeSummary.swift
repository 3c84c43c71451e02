import Contracts

/// What the trades were like on the whole.
struct TradeSummary {
    struct Line {
        let name: String
        let all: Outcome
        let long: Outcome
        let short: Outcome
    }

    let currency: String
    let lines: [Line]

    init(_ run: RunReport) {
        let all = TradeSample(run.trades)
        let long = TradeSample(run.trades.lazy.filter { $0.side == .buy })
        let short = TradeSample(run.trades.lazy.filter { $0.side == .sell })
        currency = run.currency
        lines = Self.figures(MoneyText(accountOf: run.startingEquity)).map { name, figure in
            Line(name: name, all: figure(all), long: figure(long), short: figure(short))
        }
    }

    private typealias Figure = (TradeSample) -> Outcome

    private static func figures(_ money: MoneyText) -> [(name: String, figure: Figure)] {
        [
            ("Trades", { plain(Double($0.count), places: 0) }),
            ("Won", { plain($0.wonShare.map { $0 * 100 }, places: 1, unit: "%") }),
            ("Longest run of losses", { plain(Double($0.longestLosingRun), places: 0) }),
            ("Bars held, mean", { plain($0.barsHeldMean, places: 1) }),
            ("Profit factor", { plain($0.profitFactor, places: 2) }),
            ("Mean of a trade", { outcome($0.mean, money) }),
            ("Mean gain", { outcome($0.gainMean, money) }),
            ("Mean loss", { outcome($0.lossMean, money) }),
            ("Best", { outcome($0.best, money) }),
            ("Worst", { outcome($0.worst, money) }),
            ("Costs", { money.outcome($0.costs) }),
            ("Net", { money.outcome($0.net) }),
        ]
    }

    private static func plain(_ value: Double?, places: Int, unit: String = "") -> Outcome {
        Outcome(value.map { NumberText.number($0, places: places) + unit } ?? "–", 0)
    }

    private static func outcome(_ value: Double?, _ money: MoneyText) -> Outcome {
        value.map(money.outcome) ?? Outcome("–", 0)
    }

    static let template = """
        <section class="card" id="summary">
        <h2>Trades in sum</h2>
        <table class="sheet">
        <caption>Round trips, {{currency}}</caption>
        <thead><tr><td></td><th scope="col" class="num">All</th><th scope="col" class="num">Long</th><th scope="col" class="num">Short</th></tr></thead>
        <tbody>
        {{#lines}}
        <tr><th scope="row">{{name}}</th><td class="num {{all.tone}}">{{all.text}}</td><td class="num {{long.tone}}">{{long.text}}</td><td class="num {{short.tone}}">{{short.text}}</td></tr>
        {{/lines}}
        </tbody>
        </table>
        </section>

        """
}
