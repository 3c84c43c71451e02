import Mustache

/// Turns a run into one page of HTML that needs nothing else and asks nobody for anything.
///
/// - Shape: HTML with inline SVG and one style sheet, without scripts; readable in the light and in the dark, on a
///   phone and on paper. The same run gives the same bytes.
/// - Errors: ``ReportError``, which only a defect of a template can cause.
package struct ReportPage: Sendable {
    private let library: MustacheLibrary

    package init() throws(ReportError) {
        var library = MustacheLibrary()
        for (name, text) in Self.templates {
            do {
                try library.register(text, named: name)
            } catch {
                throw .template(name: name, why: "\(error)")
            }
        }
        self.library = library
    }

    /// The page of this run.
    package func html(_ run: RunReport) throws(ReportError) -> String {
        guard let html = library.render(PageView(run), withTemplate: "page") else {
            throw .template(name: "page", why: "it is not there")
        }
        return html
    }

    private static let templates: [(name: String, text: String)] = [
        ("page", PageView.template), ("style", StyleSheet.text), ("headline", Headline.template),
        ("equity", EquityChart.template), ("months", MonthTable.template),
        ("profit", ProfitWaterfall.template), ("summary", TradeSummary.template),
        ("outcomes", TradeHistogram.template), ("exposure", ExposureChart.template),
        ("figures", FigureList.template), ("regimes", Breakdown.regimeTemplate),
        ("refusals", Breakdown.refusalTemplate), ("strategies", Breakdown.strategyTemplate),
        ("trades", TradeTable.template), ("origin", Origin.template),
    ]
}

/// Why there is no page.
package enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    case template(name: String, why: String)

    package var description: String {
        switch self {
        case .template(let name, let why):
            "the report's template '\(name)' is broken: \(why); this is a defect of the program"
        }
    }
}
