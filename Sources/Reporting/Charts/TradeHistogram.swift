import Contracts

/// How many trades brought how much.
struct TradeHistogram {
    struct Bar {
        /// In percent of the width.
        let left: String
        let width: String
        /// In pixels from the top.
        let y: String
        let height: String
        let tone: String
        let text: String
    }

    let summary: String
    let currency: String
    let bars: [Bar]
    let rows: [ValueAxis.Tick]
    let edges: [TimeAxis.Tick]

    /// Nil with fewer than two trades.
    init?(_ run: RunReport) {
        let outcomes = run.trades.map(\.profit.approximateNet)
        guard outcomes.count > 1, let least = outcomes.min(), let most = outcomes.max() else { return nil }
        let bins = Bins(least...most)
        let counts = bins.counts(outcomes)
        let count = ValueAxis(0...Double(counts.max() ?? 1), top: 8, height: 152)
        let money = MoneyText(accountOf: run.startingEquity)
        summary = "from \(money.outcome(least).text) to \(money.outcome(most).text) \(run.currency)"
        currency = run.currency
        rows = count.ticks(about: 3) { value, step in step < 1 ? "" : NumberText.number(value, places: 0) }
        bars = counts.enumerated().filter { $0.element > 0 }.map { index, number in
            let top = count.offset(Double(number))
            return Bar(
                left: Coordinate.percent((Double(index) + 0.06) / Double(counts.count)),
                width: Coordinate.percent(0.88 / Double(counts.count)),
                y: Coordinate.text(count.top + top),
                height: Coordinate.text(count.height - top),
                tone: bins.edge(index) < 0 ? "loss" : "gain",
                text: "\(number) from \(money.text(bins.edge(index))) to \(money.text(bins.edge(index + 1)))"
            )
        }
        let every = max(1, (counts.count + 5) / 6)
        let labelled = (0...counts.count).filter { (bins.first + $0).isMultiple(of: every) }
        edges = labelled.enumerated().map { number, index in
            TimeAxis.Tick(
                at: Double(index) / Double(counts.count),
                label: AxisLabel.amount(bins.edge(index), step: bins.step),
                number: number
            )
        }
    }

    static let template = """
        <figure class="card chart" id="outcomes">
        <figcaption><h2>Trades by outcome</h2><p>{{summary}}</p></figcaption>
        <svg role="img" aria-labelledby="outcomes-title outcomes-text" width="100%" height="190">
        <title id="outcomes-title">Number of trades by net outcome</title>
        <desc id="outcomes-text">{{summary}}</desc>
        {{#rows}}
        <line class="grid" x1="0" x2="100%" y1="{{y}}" y2="{{y}}"/><text class="tick" x="100%" dx="8" y="{{y}}" dy="4">{{label}}</text>
        {{/rows}}
        {{#bars}}
        <rect class="{{tone}}" x="{{left}}%" width="{{width}}%" y="{{y}}" height="{{height}}"><title>{{text}}</title></rect>
        {{/bars}}
        {{#edges}}
        <text class="tick {{rank}}" x="{{x}}%" y="182" text-anchor="{{anchor}}">{{label}}</text>
        {{/edges}}
        </svg>
        </figure>

        """
}
