import FoundationEssentials
import Testing

@testable import ExchangeSimulator

@Suite struct `Replay` {
    /// Writes `lines` to a file of this name for as long as `body` runs.
    private func withFile(_ name: String, _ lines: [String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bybit-sim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        try body(file.path)
    }

    private func events(
        _ path: String,
        symbol: String? = nil,
        loops: Bool = false,
        max: Int = 100_000
    ) throws -> [TimedEvent] {
        var market = try ReplayMarket(files: [path], symbol: symbol, loops: loops)
        var events: [TimedEvent] = []
        while events.count < max, let event = try market.next() { events.append(event) }
        return events
    }

    private static let recording = [
        #"{"recv_ns":1000000000,"msg":{"topic":"orderbook.50.ABCUSDT","type":"snapshot","ts":1000,"data":{"s":"ABCUSDT","b":[["9.90","1.5"]],"a":[["10.00","2"]],"u":7,"seq":70},"cts":998}}"#,
        #"{"recv_ns":1100000000,"msg":{"op":"pong"}}"#,
        #"{"recv_ns":1200000000,"msg":{"topic":"publicTrade.ABCUSDT","type":"snapshot","ts":1200,"data":[{"T":1199,"s":"ABCUSDT","S":"Sell","v":"0.25","p":"9.90","i":"t-1","BT":false}]}}"#,
        #"{"recv_ns":1300000000,"msg":{"topic":"orderbook.50.ABCUSDT","type":"delta","ts":1300,"data":{"s":"ABCUSDT","b":[["9.90","0"],["9.80","4"]],"a":[],"u":8,"seq":72},"cts":1299}}"#,
    ]

    @Test func `keeps times, ids and levels of a recording as they are`() throws {
        try withFile("recording.jsonl", Self.recording) { path in
            let events = try events(path)
            #expect(events.count == 4)
            var spec = InstrumentSpec(symbol: "ABCUSDT", priceDecimals: 2, quantityDecimals: 2)
            spec.recordedDepths = [50]
            #expect(events[0].event == .listed(spec))
            guard case .book(let snapshot) = events[1].state, case .trades(let batch) = events[2].state,
                case .book(let delta) = events[3].state
            else {
                Issue.record("unexpected kinds of events")
                return
            }
            #expect(snapshot.isSnapshot && snapshot.recorded == .init(depth: 50, updateID: 7))
            #expect(snapshot.engineMs == 998)
            #expect(batch.trades.map(\.id) == ["t-1"] && batch.trades[0].timeMs == 1199)
            #expect(delta.bids.map(\.size) == [.zero, Fixed(4, decimals: 0)])
            #expect(events.map(\.dueNs) == [1_000_000_000, 1_000_000_000, 1_200_000_000, 1_300_000_000])
        }
    }

    @Test func `passes recorded messages on in their own words`() throws {
        try withFile("recording.jsonl", Self.recording) { path in
            let texts = try events(path).compactMap { timed in
                if case .recorded(let push) = timed.event { push.text } else { nil }
            }
            let expected = [0, 2, 3].map { index in
                Self.recording[index].split(separator: "\"msg\":", maxSplits: 1)[1].dropLast()
            }
            #expect(texts == expected.map(String.init))
        }
    }

    @Test func `plays the segments of a folder one after the other, a torn one up to its end`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bybit-sim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let parts = [Self.recording[..<2], Self.recording[2...]]
        for (index, part) in parts.enumerated() {
            let text = part.joined(separator: "\n") + "\n" + #"{"recv_ns":1,"end":{"frames":2}}"# + "\n"
            try Data(text.utf8).write(to: folder.appending(path: "frames-\(index).jsonl"))
        }
        #expect(try events(folder.path).count == 4)
    }

    @Test func `keeps product lines apart where the recording tells them`() throws {
        let lines = ["linear", "spot"].enumerated().map { index, category in
            #"{"recv_ns":\#(index + 1),"category":"\#(category)","connection":"c","msg":"#
                + #"{"topic":"publicTrade.ABCUSDT","type":"snapshot","ts":1200,"data":[{"T":1199,"s":"ABCUSDT","S":"#
                + #""Sell","v":"0.25","p":"\#(index + 5).5","i":"t","BT":false}]}}"#
        }
        try withFile("recording.jsonl", lines) { path in
            let exchange = Exchange(nowMs: 0, candleGraceMs: 0, desk: SubscriptionDesk())
            for timed in try events(path) { exchange.apply(timed.event) }
            #expect(
                exchange.market("ABCUSDT", in: .linear)?.recentTrades.map(\.price) == [Fixed(55, decimals: 1)]
            )
            #expect(
                exchange.market("ABCUSDT", in: .spot)?.recentTrades.map(\.price) == [Fixed(65, decimals: 1)]
            )
        }
    }

    @Test func `begins again with rising times and fresh trade ids`() throws {
        try withFile("recording.jsonl", Self.recording) { path in
            let events = try events(path, loops: true, max: 7)
            #expect(events[4].dueNs == 1_000_000_000 + 60_000_000_000)
            guard case .trades(let batch) = events[5].state else {
                Issue.record("no trade in the second lap")
                return
            }
            #expect(batch.trades.map(\.id) == ["t-1-1"])
        }
    }

    @Test func `puts a book round each trade of a trade list`() throws {
        let lines = [
            "trade_time_ms,trade_id,price,qty,taker_side", "60000,1,10.5,2,Buy", "60500,2,10.4,1.25,Sell",
        ]
        try withFile("venue_ABCUSDT_trades.csv", lines) { path in
            var book = LevelBook()
            var prices: [Fixed] = []
            for timed in try events(path) {
                switch timed.event {
                case .book(let update): book.apply(update)
                case .trades(let batch):
                    let trade = batch.trades[0]
                    #expect((trade.takerBuys ? book.bestAsk : book.bestBid)?.price == trade.price)
                    #expect(!book.isCrossed && book.bids.count >= 50 && book.asks.count >= 50)
                    prices.append(trade.price)
                default: break
                }
            }
            #expect(prices == [Fixed(105, decimals: 1), Fixed(104, decimals: 1)])
        }
    }

    @Test func `makes of each candle trades with exactly that candle`() throws {
        let lines = [
            "open_time_ms,open,high,low,close,volume", "300000,100,104.5,99,103,1234.5",
            "600000,103,103.5,97,98,77.25",
        ]
        try withFile("ABCUSDT_5m.csv", lines) { path in
            let exchange = Exchange(nowMs: 300_000, candleGraceMs: 0, desk: SubscriptionDesk())
            for timed in try events(path) { exchange.apply(timed.event) }
            let series = try #require(exchange.market("ABCUSDT")?.series.first { $0.interval == .minute5 })
            #expect(series.closed.map { $0.open.text(decimals: 1) } == ["100.0", "103.0"])
            #expect(series.closed.map { $0.high.text(decimals: 1) } == ["104.5", "103.5"])
            #expect(series.closed.map { $0.low.text(decimals: 1) } == ["99.0", "97.0"])
            #expect(series.closed.map { $0.close.text(decimals: 1) } == ["103.0", "98.0"])
            #expect(series.closed.map { Fixed.text(units: $0.volume, decimals: 2) } == ["1234.50", "77.25"])
        }
    }

    @Test func `names file, line and reason of a bad line`() throws {
        let lines = [
            "open_time_ms,open,high,low,close,volume", "300000,100,101,99,100,5", "600000,100,zero,99,100,5",
        ]
        try withFile("ABCUSDT_5m.csv", lines) { path in
            let error = #expect(throws: SimulatorError.self) {
                try ReplayMarket(files: [path], symbol: nil, loops: false)
            }
            #expect(error == .badLine(file: path, line: 3, why: "\"zero\" is no number of at least zero"))
            #expect(error?.exitCode == 65)
        }
    }

    @Test(arguments: [
        #"1680652700423575 {"stream":"btcusdt@bookTicker","data":{}}"#, #"{"dir":"out","msg":{}}"#, "a,b,c",
        "",
        #"{"topic":"#,
    ])
    func `refuses what it can't play`(firstLine: String) throws {
        try withFile("BTCUSDT.txt", [firstLine, ""]) { path in
            let error = #expect(throws: SimulatorError.self) {
                try ReplayMarket(files: [path], symbol: nil, loops: false)
            }
            #expect(error?.exitCode == 65)
        }
    }

    @Test func `says so when a file is not there`() {
        let error = #expect(throws: SimulatorError.self) {
            try ReplayMarket(files: ["/nowhere/at/all.csv"], symbol: nil, loops: false)
        }
        #expect(error?.exitCode == 65)
    }

    @Test(arguments: [
        ("binance_usdm_BTCUSDT_20230404_trades.csv.gz", "BTCUSDT"), ("WIFUSDT_1m.csv.gz", "WIFUSDT"),
        ("BTC-PERP_1m.csv", "BTC-PERP"),
    ])
    func `finds the symbol in a file's name`(name: String, symbol: String) {
        #expect(ReplayFile.symbol(in: name) == symbol)
    }
}

extension TimedEvent {
    /// What the event says of the market, whether it is passed on in its own words or not.
    fileprivate var state: MarketEvent? {
        if case .recorded(let push) = event { push.event } else { event }
    }
}
