/// The page, section by section, in the order in which it is read.
struct PageView {
    let title: String
    let engine: String
    let headline: Headline
    let equity: EquityChart?
    let months: MonthTable
    let profit: ProfitWaterfall
    let summary: TradeSummary
    let outcomes: TradeHistogram?
    let exposure: ExposureChart?
    let figures: FigureList
    let breakdown: Breakdown
    let trades: TradeTable
    let origin: Origin

    init(_ run: RunReport) {
        title = run.title
        engine = run.engineVersion
        headline = Headline(run)
        equity = EquityChart(run)
        months = MonthTable(run.equity)
        profit = ProfitWaterfall(run)
        summary = TradeSummary(run)
        outcomes = TradeHistogram(run)
        exposure = ExposureChart(run.exposure)
        figures = FigureList(run.performance)
        breakdown = Breakdown(run)
        trades = TradeTable(run)
        origin = Origin(run)
    }

    static let template = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="{{engine}}">
        <title>{{title}}</title>
        <link rel="icon" href="data:,">
        <style>
        {{> style}}
        </style>
        </head>
        <body>
        <main>
        {{#headline}}{{> headline}}{{/headline}}
        {{#equity}}{{> equity}}{{/equity}}
        {{#months}}{{> months}}{{/months}}
        <div class="pair">
        <div class="column">
        {{#profit}}{{> profit}}{{/profit}}
        {{#outcomes}}{{> outcomes}}{{/outcomes}}
        </div>
        {{#summary}}{{> summary}}{{/summary}}
        </div>
        {{#exposure}}{{> exposure}}{{/exposure}}
        <div class="pair">
        {{#breakdown}}
        {{> regimes}}
        {{> refusals}}
        {{/breakdown}}
        </div>
        {{#breakdown}}
        {{> strategies}}
        {{/breakdown}}
        {{#figures}}{{> figures}}{{/figures}}
        {{#trades}}{{> trades}}{{/trades}}
        {{#origin}}{{> origin}}{{/origin}}
        </main>
        </body>
        </html>

        """
}
