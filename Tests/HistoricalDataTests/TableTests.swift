import Contracts
import HistoricalData
import Testing

@Suite struct `Tables of market data` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `tell what they are by their header, whatever they are called`() throws {
        let files: [(String, String, DataKind)] = [
            ("a", "open_time_ms,open,high,low,close,volume\n1,2,2,2,2,1\n", .candles),
            ("b", "time_ms,open,high,low,close,turnover\n1,2,2,2,2,1\n", .candles),
            ("c", "open_time_ms,open,high,low,close\n1,2,2,2,2\n", .marks),
            ("d", "funding_time_ms,funding_rate\n1,0.0001\n", .funding),
            ("e", "trade_time_us,local_time_us,trade_id,price,qty,taker_side\n1,1,1,1,1,Buy\n", .trades),
            (
                "f",
                "open_time_ms,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,"
                    + "ask_close,ask_size\n", .quotes
            ),
            ("g", "{\"topic\":\"tickers.BTCUSDT\"}\n", .frames),
            ("h", "1721347020984480942 {\"stream\":\"btcusdt@trade\",\"data\":{}}\n", .binanceFrames),
        ]
        for (name, text, kind) in files {
            let file = try DataFile(try scratch.file("linear/BTCUSDT_\(name)", text))
            #expect(file.kind == kind, "\(text)")
        }
    }

    @Test(arguments: ["", "time,price\n1,2\n", "1,2,3\n", "\u{1}\u{2}\n"])
    func `are refused where nothing tells what they are`(text: String) throws {
        let path = try scratch.file("BTCUSDT.csv", text)
        #expect(throws: DataError.self) { try DataFile(path) }
    }

    @Test(arguments: [
        ("bybit_linear/BTCUSDT_5m.csv", "linear:BTCUSDT"), ("bitmex/XBTUSD_1m_2017.csv", "inverse:XBTUSD"),
        ("bitfinex/ETHUSD_1m.csv", "spot:ETHUSD"), ("ftx/BTC-PERP_1m.csv", "linear:BTC-PERP"),
        ("trades/binance_coinm_BTCUSD_PERP_20240808.csv", "inverse:BTCUSD"),
        ("trades/binance_spot_XRPETH_2019.csv", "spot:XRPETH"),
        ("1000PEPEUSDT_5m.csv", "linear:1000PEPEUSDT"),
    ])
    func `name their instrument by their path`(path: String, instrument: String) throws {
        let file = try DataFile(
            try scratch.file(path, "open_time_ms,open,high,low,close,volume\n0,1,1,1,1,1\n")
        )
        #expect(file.instrument?.description == instrument)
    }

    @Test func `obey the instrument that is given`() throws {
        let path = try scratch.file("prices.csv", candles(3))
        let wanted = try #require(Instrument("spot:DOGEUSDT"))
        #expect(throws: DataError.unknownInstrument(path: path)) { try DataSet(reading: [path]) }
        let data = try DataSet(reading: [path], .init(instruments: [wanted]))
        #expect(data.instruments == [wanted])
    }

    @Test func `leave out bad rows and tell each by its line`() throws {
        let rows = [
            "\(start),1,2,0.5,1.5,10", "\(start + minute),1,2,0.5,x,10", "\(start + 2 * minute),1,2,0.5,1.5",
            "\(start + 2 * minute),1,2,0.5,0,10", "\(start + 2 * minute),1,0.4,0.5,1,10", "",
            "\(start + 3 * minute),1,2,0.5,1.5,10", "\(start + 4 * minute),1,2,0.5,1.5,1e1",
        ]
        let path = try scratch.file(
            "linear/BTCUSDT.csv",
            "open_time_ms,open,high,low,close,volume\n" + rows.joined(separator: "\n") + "\n"
        )
        let report = try #require(try DataSet(reading: [path]).reports.first)
        #expect(report.rowCount == 3)
        #expect(report.badRows.map(\.line) == [3, 4, 5, 6])
        #expect(
            report.badRows.map(\.problem) == [
                .number(field: "close", text: "x"), .fieldCount(got: 5, expected: 6),
                .notPositive(field: "close"), .inconsistent("high is below low"),
            ]
        )
        #expect(report.gaps == [DataGap(from: start + minute, to: start + 3 * minute, missingCount: 2)])
    }

    @Test func `are refused out of order`() throws {
        let path = try scratch.file("linear/BTCUSDT.csv", candles(5, edit: { $0.swapAt(2, 3) }))
        let first = start + 3 * minute
        #expect(throws: DataError.unsorted(path: path, line: 5, time: first - minute, previous: first)) {
            try DataSet(reading: [path])
        }
    }

    @Test func `are refused with a row twice`() throws {
        let path = try scratch.file("linear/BTCUSDT.csv", candles(5, edit: { $0.insert($0[3], at: 3) }))
        #expect(throws: DataError.duplicate(path: path, line: 6, time: start + 3 * minute)) {
            try DataSet(reading: [path])
        }
    }

    @Test func `are refused with a candle off the beat`() throws {
        let rows = candles(3) + "\(start + 3 * minute + 1),1,1,1,1,1\n"
        let path = try scratch.file("linear/BTCUSDT.csv", rows)
        #expect(throws: DataError.misaligned(path: path, time: start + 3 * minute + 1, minutes: 1)) {
            try DataSet(reading: [path])
        }
    }

    @Test func `are refused where two tell the same candles`() throws {
        let (one, two) = (
            try scratch.file("linear/BTCUSDT_a.csv", candles(4)),
            try scratch.file("linear/BTCUSDT_b.csv", candles(2))
        )
        #expect(throws: DataError.overlap(path: two, other: one, time: start)) {
            try DataSet(reading: [one, two])
        }
    }

    @Test func `keep every figure exactly, at the finest scale`() throws {
        let path = try scratch.file(
            "linear/BTCUSDT.csv",
            """
            open_time_ms,open,high,low,close,volume
            \(start),13763,13788.5,13752.18233851,13753,5.13326771
            \(start + minute),5e-05,5e-05,0.00005,5E-5,1e3

            """
        )
        let told = try events(of: DataSet(reading: [path])).compactMap(\.kline).filter(\.isConfirmed)
        #expect(told.map(\.low) == [Price("13752.18233851"), Price("0.00005")])
        #expect(told.map(\.close) == [13_753, Price("0.00005")])
        #expect(told.map(\.volume) == [Quantity("5.13326771"), 1_000])
        let places = try DataSet(reading: [path]).sample.places
        #expect(places[try #require(Instrument("linear:BTCUSDT"))] == DataPlaces(price: 8, quantity: 8))
    }

    @Test func `round the noise of binary fractions off their volumes`() throws {
        let path = try scratch.file(
            "spot/BTCUSD.csv",
            "open_time_ms,open,high,low,close,volume\n\(start),1,1,1,1,0.0060000000000000005\n"
                + "\(start + minute),1,1,1,1,123456789.99999999\n"
        )
        let told = try events(of: DataSet(reading: [path])).compactMap(\.kline).filter(\.isConfirmed)
        #expect(told.map(\.volume) == [Quantity("0.006"), Quantity("123456789.99999999")])
    }

    @Test func `turn a turnover into a volume at the close`() throws {
        let path = try scratch.file(
            "ftx/BTC-PERP.csv",
            "time_ms,open,high,low,close,turnover\n\(start),4,4,4,4,10\n\(start + minute),4,4,4,3,10\n"
        )
        let told = try events(of: DataSet(reading: [path])).compactMap(\.kline).filter(\.isConfirmed)
        #expect(told.map(\.volume) == [Quantity("2.5"), Quantity("3.33333333")])
        #expect(told.map(\.turnover) == [10, 10])
    }

    private func candles(_ count: Int, edit: (inout [String]) -> Void = { _ in }) -> String {
        var rows = (0..<count).map { "\(start + Int64($0) * minute),1,1,1,1,1" }
        edit(&rows)
        return "open_time_ms,open,high,low,close,volume\n" + rows.joined(separator: "\n") + "\n"
    }
}
