import Contracts

/// Where the profit came from and where it went, each part hanging on the end of the one before.
struct ProfitWaterfall {
    let currency: String
    let bars: [Bar]

    struct Bar {
        let name: String
        let amount: Outcome
        /// The class of the row: the sum stands apart.
        let rank: String
        /// In percent of the width.
        let left: String
        let width: String
        let zero: String
    }

    init(_ run: RunReport) {
        let money = MoneyText(accountOf: run.startingEquity)
        let profit = run.profit
        var parts = [
            Part("Price moves", profit.price.approximate, money.outcome(profit.price)),
            Part("Fees", -profit.fees.approximate, money.cost(profit.fees)),
            Part("Funding", -profit.funding.approximate, money.cost(profit.funding)),
            Part("Slippage", -profit.slippage.approximate, money.cost(profit.slippage)),
        ]
        let total = run.finalEquity.approximate - run.startingEquity.approximate
        // Said aloud rather than hidden: the parts of a sound run leave nothing.
        let rest = total - parts.reduce(0) { $0 + $1.change }
        let places = NumberText.number(rest, places: money.places)
        if places.contains(where: { ("1"..."9").contains($0) }) {
            parts.append(Part("Unexplained", rest, money.outcome(rest)))
        }
        var end = 0.0
        for index in parts.indices {
            parts[index].start = end
            end += parts[index].change
        }
        let sum = Part("Net profit", total, money.outcome(total))
        let edges = (parts + [sum]).flatMap { [$0.start, $0.start + $0.change] }
        let (low, high) = edges.reduce((0.0, 0.0)) { (min($0.0, $1), max($0.1, $1)) }
        let span = max(high - low, .leastNormalMagnitude)
        currency = run.currency
        bars =
            parts.map { Bar($0, rank: "part", low: low, span: span) } + [
                Bar(sum, rank: "sum", low: low, span: span)
            ]
    }

    fileprivate struct Part {
        let name: String
        let change: Double
        let amount: Outcome
        var start = 0.0

        init(_ name: String, _ change: Double, _ amount: Outcome) {
            self.name = name
            self.change = change
            self.amount = amount
        }
    }

    static let template = """
        <section class="card" id="profit">
        <h2>Where the profit comes from</h2>
        <table class="sheet bars">
        <caption>Profit by its parts, {{currency}}</caption>
        <thead class="unseen"><tr><th scope="col">Part</th><th scope="col">Drawn</th><th scope="col">{{currency}}</th></tr></thead>
        <tbody>
        {{#bars}}
        <tr class="{{rank}}"><th scope="row">{{name}}</th><td class="draw"><svg aria-hidden="true" width="100%" height="18"><line class="zero" x1="{{zero}}%" x2="{{zero}}%" y1="0" y2="18"/><rect class="{{amount.tone}}" x="{{left}}%" width="{{width}}%" y="3" height="12" rx="2"/></svg></td><td class="num {{amount.tone}}">{{amount.text}}</td></tr>
        {{/bars}}
        </tbody>
        </table>
        </section>

        """
}

extension ProfitWaterfall.Bar {
    fileprivate init(_ part: ProfitWaterfall.Part, rank: String, low: Double, span: Double) {
        name = part.name
        amount = part.amount
        self.rank = rank
        left = Coordinate.percent((min(part.start, part.start + part.change) - low) / span)
        width = Coordinate.percent(abs(part.change) / span)
        zero = Coordinate.percent(-low / span)
    }
}
