import Contracts
import EventKernel

/// A market of our own making, as the exchange would tell it: the same frames from the same seed.
struct Samples {
    static let instrument: Instrument = {
        guard let instrument = Instrument("linear:BTCUSDT") else { preconditionFailure("it is one") }
        return instrument
    }()

    private var random = SeededGenerator(seed: 7)
    private var time: UnixMilliseconds = 1_700_000_040_000
    private var updateID: UInt64 = 177_400_507
    private var sequence: UInt64 = 66_544_703_342
    /// Sizes by distance from the touch in ticks; 0 where there is no level.
    private var sizes = [[Int]](repeating: [], count: 2)
    private static let levelCount = 50
    /// Between the best bid and the best ask there is one tick.
    private static let bestBid = 600_000

    init() {
        for side in 0..<2 { sizes[side] = (0..<Self.levelCount).map { _ in number(1...40_000) } }
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(random.fraction() * Double(range.count))
    }

    mutating func pass() {
        time += Int64(number(1...20))
        sequence += UInt64(number(1...90))
    }
}

/// The frames: each call gives the next one of its stream.
extension Samples {
    mutating func bookSnapshot() -> String {
        let all = (0..<2).map { side in sizes[side].enumerated().map { ($0.offset, $0.element) } }
        return book("snapshot", bids: all[0], asks: all[1])
    }

    /// Eight changes or so, most of them near the touch; one in five takes a level away.
    mutating func bookDelta() -> String {
        pass()
        updateID += 1
        var changes = [[Int: Int]](repeating: [:], count: 2)
        for _ in 0..<number(1...15) {
            let side = number(0...1)
            let distance = min(number(0...49), number(0...49), number(0...49))
            // The touch stays, so that no book ever crosses or empties.
            let isGone = distance > 0 && sizes[side][distance] > 0 && number(0...4) == 0
            sizes[side][distance] = isGone ? 0 : number(1...40_000)
            changes[side][distance] = sizes[side][distance]
        }
        let sorted = changes.map { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
        return book("delta", bids: sorted[0], asks: sorted[1])
    }

    /// The best 25 of each side change at once.
    mutating func wideBookDelta() -> String {
        pass()
        updateID += 1
        let changes = (0..<2).map { side in
            (0..<25).map { distance in
                sizes[side][distance] = number(1...40_000)
                return (distance, sizes[side][distance])
            }
        }
        return book("delta", bids: changes[0], asks: changes[1])
    }

    mutating func liquidation() -> String {
        pass()
        return """
            {"topic":"allLiquidation.BTCUSDT","type":"snapshot","ts":\(time),"data":[{"T":\(time - 2),\
            "s":"BTCUSDT","S":"Sell","v":"\(size(number(1...3000)))","p":"\(price(Self.bestBid))"}]}
            """
    }

    mutating func priceLimit() -> String {
        pass()
        return """
            {"topic":"priceLimit.BTCUSDT","ts":\(time),"data":{"symbol":"BTCUSDT",\
            "buyLmt":"\(price(Self.bestBid + 6_000))","sellLmt":"\(price(Self.bestBid - 6_000))"}}
            """
    }

    mutating func trades() -> String {
        pass()
        let isBuy = number(0...1) == 0
        let trades = (0..<max(1, number(-2...4)))
            .map { index in
                let ticks = isBuy ? Self.bestBid + 1 + index : Self.bestBid - index
                return """
                    {"T":\(time - 2),"s":"BTCUSDT","S":"\(isBuy ? "Buy" : "Sell")","v":"\(size(number(1...3000)))",\
                    "p":"\(price(ticks))","L":"ZeroPlusTick","i":"\(uuid())","BT":false,"RPI":false,\
                    "seq":\(sequence)}
                    """
            }
        return """
            {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":\(time),\
            "data":[\(trades.joined(separator: ","))]}
            """
    }

    mutating func tickerSnapshot() -> String { ticker("snapshot", fields: tickerFields()) }

    /// Two to nine fields that changed.
    mutating func tickerDelta() -> String {
        pass()
        var fields = tickerFields()
        while fields.count > number(2...9) { fields.remove(at: number(0...fields.count - 1)) }
        return ticker("delta", fields: fields)
    }

    mutating func kline() -> String {
        pass()
        let start = time / 60_000 * 60_000
        return """
            {"topic":"kline.1.BTCUSDT","data":[{"start":\(start),"end":\(start + 59_999),"interval":"1",\
            "open":"\(price(Self.bestBid - 30))","close":"\(price(Self.bestBid))",\
            "high":"\(price(Self.bestBid + 90))","low":"\(price(Self.bestBid - 95))",\
            "volume":"\(number(1...90)).\(number(100...999))","turnover":"\(number(60_000...6_000_000)).4821",\
            "confirm":false,"timestamp":\(time)}],"ts":\(time),"type":"snapshot"}
            """
    }

    private func book(_ kind: String, bids: [(Int, Int)], asks: [(Int, Int)]) -> String {
        let bidList = bids.map { "[\"\(price(Self.bestBid - $0.0))\",\"\(size($0.1))\"]" }
        let askList = asks.map { "[\"\(price(Self.bestBid + 1 + $0.0))\",\"\(size($0.1))\"]" }
        return """
            {"topic":"orderbook.50.BTCUSDT","type":"\(kind)","ts":\(time),"data":{"s":"BTCUSDT",\
            "b":[\(bidList.joined(separator: ","))],"a":[\(askList.joined(separator: ","))],"u":\(updateID),\
            "seq":\(sequence)},"cts":\(time - 2)}
            """
    }

    private func ticker(_ kind: String, fields: [(String, String)]) -> String {
        let members = fields.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
        return """
            {"topic":"tickers.BTCUSDT","type":"\(kind)","data":{"symbol":"BTCUSDT",\(members)},\
            "cs":\(sequence),"ts":\(time)}
            """
    }

    private mutating func tickerFields() -> [(String, String)] {
        [
            ("tickDirection", "PlusTick"), ("price24hPcnt", "0.0\(number(10_000...49_999))"),
            ("lastPrice", price(Self.bestBid + 1)), ("prevPrice24h", price(Self.bestBid - 9_000)),
            ("highPrice24h", price(Self.bestBid + 12_000)), ("lowPrice24h", price(Self.bestBid - 15_000)),
            ("prevPrice1h", price(Self.bestBid - 700)), ("markPrice", price(Self.bestBid + number(-5...5))),
            ("indexPrice", price(Self.bestBid + number(-50...50))),
            ("openInterest", "\(number(50_000...60_000)).\(number(100...999))"),
            ("openInterestValue", "\(number(3_000_000_000...4_000_000_000)).25"),
            ("turnover24h", "\(number(5_000_000_000...6_000_000_000)).4821"),
            ("volume24h", "\(number(90_000...100_000)).\(number(100...999))"),
            ("nextFundingTime", "\(time + 3_600_000)"), ("fundingRate", "0.000\(number(10_000...29_999))"),
            ("bid1Price", price(Self.bestBid)), ("bid1Size", size(number(1...40_000))),
            ("ask1Price", price(Self.bestBid + 1)), ("ask1Size", size(number(1...40_000))),
        ]
    }

    private func price(_ ticks: Int) -> String { "\(ticks / 10).\(ticks % 10)0" }

    /// Thousandths without trailing zeros, as the exchange writes sizes.
    private func size(_ thousandths: Int) -> String {
        guard thousandths % 1_000 != 0 else { return "\(thousandths / 1_000)" }
        var decimals = String(thousandths % 1_000 + 1_000).dropFirst()
        while decimals.last == "0" { decimals = decimals.dropLast() }
        return "\(thousandths / 1_000).\(decimals)"
    }

    private mutating func uuid() -> String {
        CommandKey(high: random.next(), low: random.next()).description
    }
}

/// The frames in lists that can be read again and again: those that need a snapshot begin with it.
extension Samples {
    typealias Frame = [UInt8]

    static func books(_ count: Int) -> [Frame] {
        var samples = Samples()
        return [Frame(samples.bookSnapshot().utf8)] + (1..<count).map { _ in Frame(samples.bookDelta().utf8) }
    }

    static func wideBooks(_ count: Int) -> [Frame] {
        var samples = Samples()
        return [Frame(samples.bookSnapshot().utf8)]
            + (1..<count).map { _ in Frame(samples.wideBookDelta().utf8) }
    }

    static func liquidations(_ count: Int) -> [Frame] {
        var samples = Samples()
        return (0..<count).map { _ in Frame(samples.liquidation().utf8) }
    }

    static func priceLimits(_ count: Int) -> [Frame] {
        var samples = Samples()
        return (0..<count).map { _ in Frame(samples.priceLimit().utf8) }
    }

    static func trades(_ count: Int) -> [Frame] {
        var samples = Samples()
        return (0..<count).map { _ in Frame(samples.trades().utf8) }
    }

    static func tickers(_ count: Int) -> [Frame] {
        var samples = Samples()
        return [Frame(samples.tickerSnapshot().utf8)]
            + (1..<count).map { _ in Frame(samples.tickerDelta().utf8) }
    }

    static func klines(_ count: Int) -> [Frame] {
        var samples = Samples()
        return (0..<count).map { _ in Frame(samples.kline().utf8) }
    }

    /// A day's traffic in small: 60 % book, 20 % trades, 17 % ticker, 3 % candles.
    static func mix(_ count: Int) -> [Frame] {
        var samples = Samples()
        var frames = [Frame(samples.bookSnapshot().utf8), Frame(samples.tickerSnapshot().utf8)]
        while frames.count < count {
            switch samples.number(0...99) {
            case 0..<60: frames.append(Frame(samples.bookDelta().utf8))
            case 60..<80: frames.append(Frame(samples.trades().utf8))
            case 80..<97: frames.append(Frame(samples.tickerDelta().utf8))
            default: frames.append(Frame(samples.kline().utf8))
            }
        }
        return frames
    }
}
