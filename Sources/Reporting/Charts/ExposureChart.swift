import Contracts

/// What was held over time, as multiples of the equity.
struct ExposureChart {
    let summary: String
    let rows: [ValueAxis.Tick]
    let columns: [TimeAxis.Tick]
    let gross: String
    let net: String
    let zeroY: String

    /// Nil where there is no curve to show.
    init?(_ points: [ExposurePoint]) {
        guard let first = points.first, let last = points.last, points.count > 1 else { return nil }
        let time = TimeAxis(first.time, last.time)
        let (low, high) = points.reduce((0.0, 0.0)) { (min($0.0, $1.net), max($0.1, $1.gross)) }
        let value = ValueAxis(low...high, top: 12, height: 168)
        let held = points.count { $0.gross > 0 }
        summary =
            "in the market \(NumberText.share(Double(held) / Double(points.count), places: 1)) of the time, "
            + "at most \(NumberText.number(high, places: 2)) times the equity"
        rows = value.ticks(about: 4, label: AxisLabel.multiple)
        columns = time.ticks()
        gross = Self.area(points, \.gross, time, value)
        net = Self.area(points, \.net, time, value)
        zeroY = Coordinate.text(value.top + value.offset(0))
    }

    private static func area(
        _ points: [ExposurePoint],
        _ figure: (ExposurePoint) -> Double,
        _ time: TimeAxis,
        _ value: ValueAxis
    ) -> String {
        Curve(points.map { Curve.Point(time: $0.time, value: figure($0)) }, axis: time)
            .area(to: 0, time, value, inSteps: true)
    }

    static let template = """
        <figure class="card chart" id="exposure">
        <figcaption><h2>Exposure</h2><p><span class="key gross">gross</span> <span class="key net">net</span> {{summary}}</p></figcaption>
        <svg role="img" aria-labelledby="exposure-title exposure-text" width="100%" height="210">
        <title id="exposure-title">Exposure over time, as multiples of the equity</title>
        <desc id="exposure-text">{{summary}}</desc>
        {{#rows}}
        <line class="grid" x1="0" x2="100%" y1="{{y}}" y2="{{y}}"/><text class="tick" x="100%" dx="8" y="{{y}}" dy="4">{{label}}</text>
        {{/rows}}
        <svg x="0" y="12" width="100%" height="168" viewBox="0 0 1000 168" preserveAspectRatio="none">
        <path class="gross" d="{{gross}}"/><path class="net" d="{{net}}"/>
        </svg>
        <line class="zero" x1="0" x2="100%" y1="{{zeroY}}" y2="{{zeroY}}"/>
        {{#columns}}
        <text class="tick {{rank}}" x="{{x}}%" y="202" text-anchor="{{anchor}}">{{label}}</text>
        {{/columns}}
        </svg>
        </figure>

        """
}
