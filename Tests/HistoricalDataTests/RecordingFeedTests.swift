import Contracts
import Foundation
import HistoricalData
import Testing

@Suite struct `Feed of a recording` {
    let scratch: Scratch
    let instrument: Instrument

    init() throws {
        scratch = try Scratch()
        instrument = try #require(Instrument("linear:BTCUSDT"))
    }

    @Test func `tells messages at the time they came`() throws {
        let path = try scratch.file("tape.jsonl", lines([snapshot(1), trade, delta(2, "100", "3")]))
        let told = try events(of: DataSet(reading: [path]))
        #expect(told.map(\.topic) == [.marketOrderbookDelta, .marketTrade, .marketOrderbookDelta])
        #expect(told.map(\.meta.ts) == [start, start + 1_000, start + 2_000])
    }

    @Test func `tells a gap of a book, and the snapshot that heals it`() throws {
        let path = try scratch.file(
            "tape.jsonl",
            lines([
                snapshot(1), delta(3, "100", "3"), delta(4, "100", "4"), snapshot(9), delta(10, "99", "1"),
            ])
        )
        let told = try events(of: DataSet(reading: [path]))
        #expect(told.compactMap(\.health).map(\.state) == [.resyncing, .fresh])
        #expect(told.compactMap(\.delta).map(\.updateID) == [1, 9, 10])
    }

    @Test func `that begins in the middle tells whole books first`() throws {
        let path = try scratch.file(
            "tape.jsonl",
            lines([snapshot(1), delta(2, "99", "7"), trade, delta(3, "100", "3")])
        )
        let told = try events(of: DataSet(reading: [path], .init(from: start + 2_000)))
        let deltas = told.compactMap(\.delta)
        #expect(told.map(\.topic) == [.marketOrderbookDelta, .marketTrade, .marketOrderbookDelta])
        #expect(deltas.map(\.isSnapshot) == [true, false])
        let first = try #require(deltas.first)
        #expect(Array(first.bids) == [BookLevel(price: 100, size: 1), BookLevel(price: 99, size: 7)])
        #expect(first.meta.ts == start + 2_000)
    }

    @Test func `tells only the instruments that were chosen`() throws {
        let other = snapshot(1).replacingOccurrences(of: "BTCUSDT", with: "ETHUSDT")
        let path = try scratch.file("tape.jsonl", lines([snapshot(1), other, trade]))
        let told = try events(of: DataSet(reading: [path], .init(instruments: [instrument])))
        #expect(told.compactMap(\.delta).map(\.instrument) == [instrument])
        #expect(told.count == 2)
    }

    @Test func `of Binance follows its numbering and tells a hole`() throws {
        let messages = [
            depth(1, 5, 0, "100", "9"), #"{"lastUpdateId":10,"bids":[["100","1"]],"asks":[["101","1"]]}"#,
            depth(4, 9, 5, "100", "8"), depth(8, 12, 9, "100", "2"), depth(13, 14, 12, "100", "3"),
            #"{"stream":"btcusdt@trade","data":{"e":"trade","T":5,"t":7,"p":"101","q":"2","m":true}}"#,
            #"{"stream":"btcusdt@bookTicker","data":{"b":"100","B":"3","a":"101","A":"1"}}"#,
            depth(20, 21, 19, "100", "4"), depth(22, 23, 21, "100", "5"),
        ]
        let text = messages.enumerated().map { "\((start + Int64($0.offset)) * 1_000_000) \($0.element)\n" }
        let path = try scratch.file("binance_usdm_BTCUSDT.jsonl", text.joined())
        let told = try events(of: DataSet(reading: [path]))
        #expect(told.compactMap(\.delta).map(\.updateID) == [10, 12, 14])
        #expect(told.compactMap(\.health).map(\.state) == [.resyncing])
        #expect(told.compactMap(\.trade).map(\.side) == [.sell])
        #expect(told.compactMap(\.ticker).map(\.bidSize) == [3])
    }

    private func depth(_ first: Int, _ last: Int, _ previous: Int, _ price: String, _ size: String) -> String
    {
        #"{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1,"U":\#(first),"u":\#(last),"#
            + #""pu":\#(previous),"b":[["\#(price)","\#(size)"]],"a":[]}}"#
    }

    private func lines(_ messages: [String]) -> String {
        messages.enumerated().map { index, message in
            #"{"recv_ns":\#((start + Int64(index) * 1_000) * 1_000_000),"msg":\#(message)}"# + "\n"
        }.joined()
    }

    private func snapshot(_ update: Int) -> String {
        #"{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":\#(start),"data":{"s":"BTCUSDT","#
            + #""b":[["100","1"],["99","2"]],"a":[["101","1"]],"u":\#(update),"seq":1},"cts":\#(start)}"#
    }

    private func delta(_ update: Int, _ price: String, _ size: String) -> String {
        #"{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":\#(start),"data":{"s":"BTCUSDT","#
            + #""b":[["\#(price)","\#(size)"]],"a":[],"u":\#(update),"seq":1},"cts":\#(start)}"#
    }

    private let trade =
        #"{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1,"data":[{"T":1,"s":"BTCUSDT","S":"Buy","#
        + #""v":"1","p":"101","L":"PlusTick","i":"2290000000012345678","BT":false}]}"#
}
