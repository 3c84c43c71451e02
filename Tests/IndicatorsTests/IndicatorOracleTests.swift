import Indicators
import Testing

/// The table against TA-Lib's and the README's figures on real candles.
@Suite struct `Indicator oracles` {
    @Test(arguments: IndicatorOracle.all)
    func `agree with the table in every cell`(oracle: IndicatorOracle) throws {
        let rows = try oracle.rows()
        try #require(rows.first == IndicatorTable.columns)
        var table = IndicatorTable(oracle.parameters)
        var compared = 0
        for row in rows.dropFirst() {
            let candle = try #require(Candle(row))
            let figures = table.update(candle)
            for (index, figure) in figures.enumerated() {
                let place = index + IndicatorTable.givenCount
                let (name, expected) = (IndicatorTable.columns[place], row[place])
                guard let figure, let reference = Double(expected) else {
                    if figure != nil || !expected.isEmpty {
                        Issue.record("\(name) at \(row[0]): \(figure as Double?), expected '\(expected)'")
                    }
                    continue
                }
                let tolerance = name == "supertrend_dir" ? 0 : 1e-9 * max(reference.magnitude, 1)
                if (figure - reference).magnitude > tolerance {
                    Issue.record("\(name) at \(row[0]): \(figure), expected \(expected)")
                }
                compared += 1
            }
        }
        #expect(compared > rows.count * 10)
    }

    @Test(arguments: IndicatorOracle.all)
    func `come out again as text`(oracle: IndicatorOracle) throws {
        let rows = try oracle.rows()
        var table = IndicatorTable(oracle.parameters)
        var differences = 0
        for row in rows.dropFirst() {
            let cells = table.cells(try #require(Candle(row)))
            #expect(cells.count == IndicatorTable.columns.count)
            #expect(cells.prefix(6) == row.prefix(6))
            #expect(cells.map(\.isEmpty) == row.map(\.isEmpty))
            differences += zip(cells, row).count { $0 != $1 }
        }
        // The last of twelve digits depends on the order in which the reference adds.
        #expect(differences * 50 < rows.count * IndicatorTable.columns.count)
    }
}
