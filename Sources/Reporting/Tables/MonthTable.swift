/// The returns of months and years, coloured by their size.
struct MonthTable {
    struct Year {
        let year: String
        let months: [Cell]
        let total: Cell
    }

    struct Cell {
        let month: String
        let text: String
        /// The class that colours it: `g1` to `g5` for gains, `l1` to `l5` for losses.
        let heat: String
    }

    /// The shades on either side of zero.
    static let shades = 5

    let months = TimeText.months
    let years: [Year]

    init(_ equity: [EquityPoint]) {
        let returns = MonthlyReturns(equity).years
        let monthMax = returns.flatMap { $0.months.compactMap { $0 } }.map(abs).max() ?? 0
        let yearMax = returns.map { abs($0.total) }.max() ?? 0
        years = returns.map { year in
            Year(
                year: String(year.year),
                months: zip(TimeText.months, year.months).map { Cell(month: $0, $1, most: monthMax) },
                total: Cell(month: "Total", year.total, most: yearMax)
            )
        }
    }

    static let template = """
        <section class="card" id="months">
        <h2>Returns by month</h2>
        <table class="heat">
        <caption>Return of each month and year, percent</caption>
        <thead><tr><th scope="col">Year</th>{{#months}}<th scope="col">{{.}}</th>{{/months}}<th scope="col">Total</th></tr></thead>
        <tbody>
        {{#years}}
        <tr><th scope="row">{{year}}</th>{{#months}}<td class="{{heat}}" data-label="{{month}}">{{text}}</td>{{/months}}{{#total}}<td class="total {{heat}}" data-label="{{month}}">{{text}}</td>{{/total}}</tr>
        {{/years}}
        </tbody>
        </table>
        </section>

        """
}

extension MonthTable.Cell {
    fileprivate init(month: String, _ value: Double?, most: Double) {
        self.month = month
        guard let value else {
            (text, heat) = ("", "none")
            return
        }
        text = NumberText.signed(NumberText.number(value * 100, places: 1))
        let shade = most > 0 ? Int((abs(value) / most * Double(MonthTable.shades)).rounded(.up)) : 0
        heat = shade == 0 ? "even" : (value > 0 ? "g" : "l") + String(shade)
    }
}
