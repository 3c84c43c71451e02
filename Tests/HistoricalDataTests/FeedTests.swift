import Contracts
import EventKernel
import HistoricalData
import Testing

@Suite struct `Market feed` {
    let scratch: Scratch
    let instrument: Instrument

    init() throws {
        scratch = try Scratch()
        instrument = try #require(Instrument("linear:BTCUSDT"))
    }

    @Test func `tells a candle by its open, then as a whole`() throws {
        let path = try scratch.file(
            "linear/BTCUSDT.csv",
            "open_time_ms,open,high,low,close,volume\n\(start),5,9,1,7,3\n\(start + minute),7,8,6,6,2\n"
        )
        let told = try events(of: DataSet(reading: [path])).compactMap(\.kline)
        #expect(told.map(\.isConfirmed) == [false, true, false, true])
        #expect(told.map(\.meta.ts) == [start, start + minute, start + minute, start + 2 * minute])
        #expect(told[0].high == 5 && told[0].low == 5 && told[0].close == 5 && told[0].volume == 0)
        #expect(told[1].high == 9 && told[1].low == 1 && told[1].close == 7 && told[1].volume == 3)
        #expect(told.allSatisfy { $0.minutes == 1 && $0.end == $0.start + minute - 1 })
    }

    @Test func `tells what happens at one time in the order of an exchange`() throws {
        // Given an hour at which everything happens, files in any order
        let hour: UnixMilliseconds = 1_700_000_000_000 / 3_600_000 * 3_600_000
        let paths = try [
            (
                "trades/linear_BTCUSDT.csv",
                "trade_time_ms,trade_id,price,qty,taker_side\n\(hour),1,10,1,Buy\n\(hour + 1),2,10,1,Sell\n"
            ),
            (
                "linear/BTCUSDT_1m.csv",
                "open_time_ms,open,high,low,close,volume\n"
                    + "\(hour - minute),9,9,9,9,1\n\(hour),10,10,10,10,1\n"
            ),
            (
                "linear/BTCUSDT_mark.csv",
                "open_time_ms,open,high,low,close\n\(hour),11,12,10,12\n\(hour + 3_600_000),1,1,1,1\n"
            ),
            (
                "linear/BTCUSDT_funding.csv",
                "funding_time_ms,funding_rate\n\(hour),0.0001\n\(hour + 8 * 3_600_000),0.0002\n"
            ),
        ].map { try scratch.file($0.0, $0.1) }
        // When
        let told = try events(of: DataSet(reading: paths)).filter { $0.meta.ts == hour }
        // Then
        #expect(
            told.map(\.topic) == [
                .marketFunding, .marketKline, .marketTicker, .marketKline, .marketTrade, .marketFunding,
            ]
        )
        #expect(told.compactMap(\.kline).map(\.isConfirmed) == [true, false])
        #expect(told.compactMap(\.ticker).map(\.markPrice) == [11])
        #expect(told.compactMap(\.funding).map(\.rate) == [Ratio("0.0001"), Ratio("0.0001")])
        #expect(told.compactMap(\.funding).map(\.nextFundingTime) == [hour, hour + 8 * 3_600_000])
    }

    @Test func `merges instruments by time, each in its own order`() throws {
        let paths = try ["BTCUSDT", "ETHUSDT", "SOLUSDT"].map { symbol in
            try scratch.file(
                "trades/linear_\(symbol).csv",
                "trade_time_ms,trade_id,price,qty,taker_side\n"
                    + (0..<500).map { "\(start + Int64($0 / 3)),\($0),1,1,Buy\n" }.joined()
            )
        }
        for shares in [true, false] {
            let told = try events(of: DataSet(reading: paths, .init(sharesTrades: shares))).compactMap(
                \.trade
            )
            #expect(told.count == 1_500)
            #expect(told.map(\.meta.ts) == told.map(\.meta.ts).sorted())
            for symbol in ["BTCUSDT", "ETHUSDT", "SOLUSDT"] {
                let own = told.filter { $0.instrument.symbol.description == symbol }
                #expect(own.map(\.id) == (0..<500).map { TradeID.number($0) })
            }
        }
    }

    @Test func `tells the same trades out of memory and out of the file`() throws {
        let path = try scratch.file(
            "trades/inverse_coinm_BTCUSD.csv",
            "local_time_ns,trade_time_us,trade_id,price,qty,taker_side,kind\n"
                + (0..<100).map {
                    "1,\(start * 1_000 + Int64($0) * 777),\($0 * 2),1.\($0),\($0 + 1),\($0 % 3 == 0 ? "Buy" : "Sell"),\n"
                }
                .joined()
        )
        let streamed = try events(of: DataSet(reading: [path])).compactMap(\.trade)
        let shared = try events(of: DataSet(reading: [path], .init(sharesTrades: true))).compactMap(\.trade)
        #expect(streamed == shared)
        #expect(streamed.count == 100)
        #expect(streamed.first?.quantity == 100, "a contract of 100 USD")
        #expect(streamed.map(\.meta.ts).last == start + 76)
    }

    @Test func `begins and ends where it is told to`() throws {
        let path = try scratch.file(
            "linear/BTCUSDT.csv",
            "open_time_ms,open,high,low,close,volume\n"
                + (0..<10).map { "\(start + Int64($0) * minute),1,1,1,\($0 + 1),1\n" }.joined()
        )
        let options = DataSet.Options(from: start + 2 * minute, to: start + 5 * minute)
        let told = try events(of: DataSet(reading: [path], options)).compactMap(\.kline)
        #expect(told.filter(\.isConfirmed).map(\.close) == [3, 4, 5])
        let cut = try DataSet(reading: [path]).ending(at: start + 3 * minute + 30_000)
        #expect(try events(of: cut).compactMap(\.kline).filter(\.isConfirmed).map(\.close) == [1, 2, 3])
        #expect(throws: DataError.nothingInRange(from: 1, to: 2)) {
            try DataSet(reading: [path], .init(from: 1, to: 2))
        }
    }

    @Test func `tells quotes at a bar's open without the sizes that nobody knew yet`() throws {
        let path = try scratch.file(
            "linear/BTCUSDT_quote.csv",
            """
            open_time_ms,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size
            \(start),9,10,9,10,5,9.5,11,9.5,11,6
            \(start + minute),10,10,9,9,1,11,11,10,10,2

            """
        )
        let told = try events(of: DataSet(reading: [path])).compactMap(\.ticker)
        #expect(told.map(\.bidPrice) == [9, 10, 10, 9])
        #expect(told.map(\.askPrice) == [Price("9.5"), 11, 11, 10])
        #expect(told.map(\.bidSize) == [nil, 5, nil, 1])
        #expect(told.map(\.meta.ts) == [start, start + minute, start + minute, start + 2 * minute])
    }

    @Test func `stops where it is told to, and goes on from there`() throws {
        let path = try scratch.file(
            "linear/BTCUSDT.csv",
            "open_time_ms,open,high,low,close,volume\n"
                + (0..<4).map { "\(start + Int64($0) * minute),1,1,1,\($0 + 1),1\n" }.joined()
        )
        let (feed, kernel, box) = (try DataSet(reading: [path]).feed(), Kernel(), EventBox())
        kernel.bus.record { event, _ in box.events.append(event) }
        #expect(try !feed.tell(before: start + 2 * minute, to: kernel))
        #expect(box.events.compactMap(\.kline).map(\.isConfirmed) == [false, true, false])
        #expect(feed.nextTime == start + 2 * minute)
        while try feed.tell(to: kernel) {}
        #expect(box.events.count == 8)
    }

    @Test func `tells what was wrong with what it read`() throws {
        let path = try scratch.file(
            "trades/linear_BTCUSDT.csv",
            "trade_time_ms,trade_id,price,qty,taker_side\n\(start),1,1,1,Buy\n\(start),2,1,1,Neither\n"
                + "\(start + 1),3,1,1,Sell\n"
        )
        let feed = try DataSet(reading: [path]).feed()
        while try feed.tell(to: Kernel()) {}
        #expect(feed.eventCount == 2)
        #expect(feed.troubles.count == 1)
        #expect(feed.troubles.first.map { $0.contains("line 3: \"Neither\"") } ?? false)
    }

    @Test func `says how far it is`() throws {
        let path = try scratch.file(
            "trades/linear_BTCUSDT.csv",
            "trade_time_ms,trade_id,price,qty,taker_side\n"
                + (0..<1_000).map { "\(start + Int64($0)),\($0),1,1,Buy\n" }.joined()
        )
        let feed = try DataSet(reading: [path], .init(sharesTrades: true)).feed()
        let kernel = Kernel()
        #expect(feed.progress == 0 && feed.nextTime == start)
        #expect(try feed.tell(countMax: 500, to: kernel))
        #expect(feed.progress == 0.5 && feed.eventCount == 500)
        while try feed.tell(countMax: 200, to: kernel) {}
        #expect(feed.progress == 1 && feed.eventCount == 1_000 && feed.nextTime == nil)
    }
}
