import Contracts

/// The account's worth over time, and below it how far it stood under its highest.
struct EquityChart {
    let summary: String
    let currency: String
    let rows: [ValueAxis.Tick]
    let depthRows: [ValueAxis.Tick]
    let columns: [TimeAxis.Tick]
    let line: String
    let area: String
    let depthLine: String
    let depthArea: String
    let startY: String
    let endY: String
    /// The deepest fall, from peak to recovery; none or one.
    let falls: [Fall]

    struct Fall {
        /// In percent of the width.
        let left: String
        let width: String
        let text: String
    }

    /// Nil where there is no curve to show.
    init?(_ run: RunReport) {
        guard let first = run.equity.first, let last = run.equity.last, run.equity.count > 1 else {
            return nil
        }
        let values = run.equity.map { Curve.Point(time: $0.time, value: $0.equity) }
        let start = run.startingEquity.approximate
        let (low, high) = values.reduce((start, start)) { (min($0.0, $1.value), max($0.1, $1.value)) }
        let time = TimeAxis(first.time, last.time)
        let value = ValueAxis(low...high, top: 24, height: 256)
        let curve = Curve(values, axis: time)
        let drawdown = DrawdownCurve(run.equity)
        let depth = ValueAxis(-(drawdown.deepest?.depth ?? 0.01)...0, top: 318, height: 92)
        let depthCurve = Curve(drawdown.points, axis: time)

        let money = MoneyText(accountOf: run.startingEquity)
        summary =
            "\(money.text(start)) to \(money.text(last.equity)) \(run.currency), "
            + "lowest \(money.text(low)), highest \(money.text(high))"
            + (drawdown.deepest.map { "; \(Self.sentence($0))" } ?? "")
        currency = run.currency
        rows = value.ticks(about: 5, label: AxisLabel.amount)
        depthRows = depth.ticks(about: 3, label: AxisLabel.share)
        columns = time.ticks()
        line = curve.path(time, value)
        area = curve.area(to: value.low, time, value)
        depthLine = depthCurve.path(time, depth)
        depthArea = depthCurve.area(to: 0, time, depth)
        startY = Coordinate.text(value.top + value.offset(start))
        endY = Coordinate.text(value.top + value.offset(last.equity))
        falls = drawdown.deepest.map { [Self.fall($0, time)] } ?? []
    }

    private static func fall(_ deepest: DrawdownCurve.Deepest, _ time: TimeAxis) -> Fall {
        let left = time.fraction(deepest.peak)
        return Fall(
            left: Coordinate.percent(left),
            width: Coordinate.percent(time.fraction(deepest.recovery ?? time.last) - left),
            text: sentence(deepest)
        )
    }

    private static func sentence(_ deepest: DrawdownCurve.Deepest) -> String {
        let end = deepest.recovery.map { "made good by \(TimeText.day($0))" } ?? "not made good"
        return
            "deepest fall \(NumberText.share(-deepest.depth, places: 2)), \(TimeText.day(deepest.peak)) to "
            + "\(TimeText.day(deepest.trough)), \(end)"
    }

    static let template = """
        <figure class="card chart" id="equity">
        <figcaption><h2>Equity and drawdown</h2><p>{{summary}}</p></figcaption>
        <svg role="img" aria-labelledby="equity-title equity-text" width="100%" height="440">
        <title id="equity-title">Equity and drawdown over time</title>
        <desc id="equity-text">{{summary}}</desc>
        <text class="name" x="0" y="11">Equity, {{currency}}</text>
        {{#falls}}
        <rect class="fall" x="{{left}}%" width="{{width}}%" y="24" height="386"><title>{{text}}</title></rect>
        {{/falls}}
        {{#rows}}
        <line class="grid" x1="0" x2="100%" y1="{{y}}" y2="{{y}}"/><text class="tick" x="100%" dx="8" y="{{y}}" dy="4">{{label}}</text>
        {{/rows}}
        <line class="start" x1="0" x2="100%" y1="{{startY}}" y2="{{startY}}"/>
        <svg x="0" y="24" width="100%" height="256" viewBox="0 0 1000 256" preserveAspectRatio="none">
        <path class="area" d="{{area}}"/><path class="line" d="{{line}}"/>
        </svg>
        <circle class="end" cx="100%" cy="{{endY}}" r="3.5"/>
        <text class="name" x="0" y="305">Drawdown</text>
        {{#depthRows}}
        <line class="grid" x1="0" x2="100%" y1="{{y}}" y2="{{y}}"/><text class="tick" x="100%" dx="8" y="{{y}}" dy="4">{{label}}</text>
        {{/depthRows}}
        <svg x="0" y="318" width="100%" height="92" viewBox="0 0 1000 92" preserveAspectRatio="none">
        <path class="depth" d="{{depthArea}}"/><path class="line lost" d="{{depthLine}}"/>
        </svg>
        {{#columns}}
        <text class="tick {{rank}}" x="{{x}}%" y="432" text-anchor="{{anchor}}">{{label}}</text>
        {{/columns}}
        </svg>
        </figure>

        """
}
