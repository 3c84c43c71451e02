import Performance

/// All performance figures.
struct FigureList {
    struct Figure {
        let name: String
        let text: String
    }

    let figures: [Figure]

    init(_ report: PerformanceReport) {
        figures = report.figures.map { figure in
            Figure(name: figure.label, text: figure.text == "-" ? "–" : NumberText.grouped(figure.text))
        }
    }

    static let template = """
        <section class="card" id="figures">
        <h2>Performance figures</h2>
        <dl class="figures">
        {{#figures}}
        <div><dt>{{name}}</dt><dd>{{text}}</dd></div>
        {{/figures}}
        </dl>
        </section>

        """
}
