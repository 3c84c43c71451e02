import Performance
import Testing

@Suite struct `Series table` {
    @Test func `takes the columns of numbers and the usual step of the time`() throws {
        let table = try SeriesTable(
            csv: """
                close_time_ms,symbol,a,b
                1000,BTC,0.5,
                2000,BTC,-1e-3,2
                3000,BTC,7,3
                9000,BTC,,4

                """
        )
        #expect(table.columns.map(\.name) == ["a", "b"])
        #expect(table.columns.map(\.values) == [[0.5, -0.001, 7], [2, 3, 4]])
        #expect(table.stepMilliseconds == 1000)
        #expect(try table.columns(named: ["b"]).map(\.values) == [[2, 3, 4]])
    }

    @Test func `reads lines that end in the other fashion`() throws {
        let table = try SeriesTable(csv: "equity\r\n1\r\n2\r\n")
        #expect(table.columns.map(\.values) == [[1, 2]])
        #expect(table.stepMilliseconds == nil)
    }

    @Test(arguments: [
        ("a", SeriesTableError.noRows), ("", .noRows),
        ("a,b\n1\n", .badWidth(line: 2, count: 1, expected: 2)),
        ("a\nx\ny\n", .noNumbers), ("a,b\n1,1\n,2\n3,3", .badNumber(line: 3, column: "a", text: "")),
        ("a\n1\nnan\n", .badNumber(line: 3, column: "a", text: "nan")),
    ])
    func `says where it is broken`(text: String, error: SeriesTableError) {
        #expect(throws: error) { try SeriesTable(csv: text) }
    }

    @Test func `names what there is where a column is not`() throws {
        let table = try SeriesTable(csv: "a,b\n1,2\n")
        #expect(throws: SeriesTableError.noColumn("c", known: ["a", "b"])) {
            try table.columns(named: ["c"])
        }
    }
}
