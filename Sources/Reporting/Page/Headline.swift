import Contracts
import Performance

/// The top of the page: what was run, what a reader must know first, and the figures that count most.
struct Headline {
    struct Tile {
        let name: String
        let value: Outcome
        let more: String
    }

    struct Notice {
        /// The class, and the word that says it without colour.
        let kind: String
        let word: String
        let text: String
    }

    let title: String
    let subtitle: String
    let notices: [Notice]
    let tiles: [Tile]

    init(_ run: RunReport) {
        title = run.title
        subtitle = Self.subtitle(run)
        notices = run.notices.map { Notice(kind: $0.kind.rawValue, word: Self.word($0.kind), text: $0.text) }
        tiles = Self.tiles(run)
    }

    private static func word(_ kind: RunNotice.Kind) -> String {
        switch kind {
        case .passed: "Passed"
        case .note: "Note"
        case .warning: "Warning"
        }
    }

    private static func subtitle(_ run: RunReport) -> String {
        var parts: [String] = []
        if let first = run.equity.first, let last = run.equity.last {
            parts.append("\(TimeText.day(first.time)) to \(TimeText.day(last.time))")
        }
        let instruments = Set(run.trades.map(\.instrument)).sorted().map(\.description)
        if !instruments.isEmpty {
            let more = instruments.count > 5 ? " and \(instruments.count - 5) more" : ""
            parts.append(instruments.prefix(5).joined(separator: ", ") + more)
        }
        return parts.joined(separator: " · ")
    }

    private static func tiles(_ run: RunReport) -> [Tile] {
        let (figures, money) = (run.performance, MoneyText(accountOf: run.startingEquity))
        let (start, end) = (run.startingEquity, run.finalEquity)
        let won = run.trades.count { $0.profit.approximateNet > 0 }
        let costs = run.profit.approximateNet - run.profit.price.approximate
        let period = 365 * 86_400_000 / figures.periodsPerYear
        return [
            Tile("Net profit", money.outcome(end.approximate - start.approximate), run.currency),
            Tile(
                "Total return",
                Outcome(share: figures.totalReturn, places: 2),
                "\(Outcome(share: figures.growth, places: 2).text) a year"
            ),
            Tile("Sharpe ratio", ratio(figures.sharpe), "Sortino \(ratio(figures.sortino).text)"),
            Tile(
                "Maximum drawdown",
                Outcome(share: -figures.drawdownMax, places: 2),
                "under water \(TimeText.span(Double(figures.drawdownMaxPeriods) * period))"
            ),
            Tile("Profit factor", plain(ratio(figures.profitFactor)), "Calmar \(ratio(figures.calmar).text)"),
            Tile(
                "Trades",
                Outcome(NumberText.count(run.trades.count), 0),
                run.trades.isEmpty
                    ? "none" : NumberText.share(Double(won) / Double(run.trades.count), places: 1) + " won"
            ),
            Tile("Costs", money.outcome(costs), "fees, funding, slippage"),
            Tile(
                "More than luck",
                plain(Outcome(share: figures.probabilisticSharpe, places: 1)),
                "chance that Sharpe is above 0"
            ),
        ]
    }

    private static func ratio(_ value: Double?) -> Outcome {
        Outcome(value.map { NumberText.number($0, places: 2) } ?? "–", value ?? 0)
    }

    /// Neither good nor bad by its sign.
    private static func plain(_ outcome: Outcome) -> Outcome {
        Outcome(outcome.text.hasPrefix("+") ? String(outcome.text.dropFirst()) : outcome.text, 0)
    }

    static let template = """
        <header>
        <p class="eyebrow">Backtest report</p>
        <h1>{{title}}</h1>
        <p class="subtitle">{{subtitle}}</p>
        {{#notices}}
        <p class="notice {{kind}}"><b>{{word}}</b> {{text}}</p>
        {{/notices}}
        </header>
        <section class="tiles" aria-label="The figures that count most">
        {{#tiles}}
        <div class="card tile"><h2>{{name}}</h2><p class="value {{value.tone}}">{{value.text}}</p><p class="more">{{more}}</p></div>
        {{/tiles}}
        </section>

        """
}

extension Headline.Tile {
    fileprivate init(_ name: String, _ value: Outcome, _ more: String) {
        self.init(name: name, value: value, more: more)
    }
}
