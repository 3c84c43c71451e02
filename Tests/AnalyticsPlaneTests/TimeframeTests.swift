import AnalyticsPlane
import Contracts
import TestKit
import Testing

@Suite struct `Timeframes` {
    private func trades(seed: UInt64) -> [MarketMoment] {
        var market = RandomMarket(seed: seed)
        // In order: what comes late belongs to the bar that is open, and longer bars are open longer.
        var newest: UnixMilliseconds = 0
        return market.moments(4_000, source: .trades).filter { moment in
            guard case .trade(let trade) = moment.content, trade.exchangeTime >= newest,
                trade.instrument == bitcoin
            else { return false }
            newest = trade.exchangeTime
            return true
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `joined from bars are those built from trades`(seed: UInt64) {
        let joined = featurePlane(.all(barSeconds: 60, timeframes: [300, 900]))
        for moment in trades(seed: seed) { moment.tell(joined) }
        for seconds in [300, 900] {
            let built = featurePlane(.all(barSeconds: seconds))
            for moment in trades(seed: seed) { moment.tell(built) }
            let expected = built.published(FeatureSet.self).map { PlainFeatures($0) }
            let found = joined.published(FeatureSet.self).filter { $0.barSeconds == seconds }
            #expect(expected.count > 10)
            #expect(found.map { PlainFeatures($0) } == expected)
        }
    }

    @Test func `are told in the order of their ends, the shortest first`() {
        let plane = featurePlane(.short(timeframes: [300, 120, 60, 300]))
        for bar in 0..<11 as Range<Int64> {
            plane.tell(TradeEvent.fixture(at: bar * 60_000, price: 100))
        }
        let told = plane.published(FeatureSet.self).map {
            [Int(($0.barEnd - startOfBar) / 60_000), $0.barSeconds]
        }
        #expect(
            told == [
                [1, 60], [2, 60], [2, 120], [3, 60], [4, 60], [4, 120], [5, 60], [5, 300], [6, 60], [6, 120],
                [7, 60], [8, 60], [8, 120], [9, 60], [10, 60], [10, 120], [10, 300],
            ]
        )
    }

    @Test func `of candles begin at whole multiples of their length`() {
        let plane = featurePlane(.short(source: .klines(minutes: 1), timeframes: [300]))
        for bar in 3..<12 as Range<Int64> {
            let price = Price(integerLiteral: 100 + bar)
            plane.tell(
                KlineEvent.fixture(bar: bar, open: price, high: price, low: price, close: price, volume: 2)
            )
        }
        let features = plane.published(FeatureSet.self).filter { $0.barSeconds == 300 }
        #expect(features.map(\.open) == [103, 105])
        #expect(features.map(\.close) == [104, 109])
        #expect(features.map { $0.value(of: .volume) } == [4, 10])
        #expect(features.map(\.barEnd) == [startOfBar + 300_000, startOfBar + 600_000])
    }

    @Test func `close without their last part once the time has come`() {
        let plane = featurePlane(.short(timeframes: [300]))
        plane.tell(TradeEvent.fixture(at: 0, price: 100))
        plane.tell(TickerEvent.fixture(at: 61_000))
        plane.advance(milliseconds: 250)
        plane.tell(TickerEvent.fixture(at: 299_999))
        plane.advance(milliseconds: 250)
        #expect(plane.published(FeatureSet.self).map(\.barSeconds) == [60])
        plane.tell(TickerEvent.fixture(at: 300_000))
        plane.advance(milliseconds: 250)
        // One that comes after that belongs to the next.
        plane.tell(TradeEvent.fixture(at: 299_000, price: 90))
        plane.tell(TradeEvent.fixture(at: 310_000, price: 101))
        plane.tell(TradeEvent.fixture(at: 600_000, price: 102))
        let features = plane.published(FeatureSet.self).filter { $0.barSeconds == 300 }
        #expect(features.map(\.barEnd) == [startOfBar + 300_000, startOfBar + 600_000])
        #expect(features.map(\.low) == [100, 90])
    }

    @Test func `whose last part was fetched afterwards are not told`() {
        let plane = featurePlane(.short(source: .klines(minutes: 1), timeframes: [120]))
        for (bar, isBackfill) in [(0, false), (1, true), (2, true), (3, false)] {
            plane.tell(
                KlineEvent.fixture(
                    bar: Int64(bar),
                    open: 1,
                    high: 1,
                    low: 1,
                    close: 1,
                    isBackfill: isBackfill
                )
            )
        }
        #expect(plane.published(FeatureSet.self).map(\.barSeconds) == [60, 60, 120])
    }

    @Test(arguments: [
        (timeframes: [90], isFine: false), (timeframes: [30], isFine: false),
        (timeframes: [420], isFine: false),
        (timeframes: [300, 3600], isFine: true), (timeframes: [86_400], isFine: true),
        (timeframes: [172_800], isFine: false), (timeframes: [60], isFine: true),
    ])
    func `are multiples of the bar that divide a day`(timeframes: [Int], isFine: Bool) {
        #expect((FeatureSettings.short(timeframes: timeframes).fault == nil) == isFine)
    }
}
