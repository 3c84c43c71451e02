import AnalyticsPlane
import Contracts
import TestKit
import Testing

@Suite struct `Features of streams` {
    let plane = featurePlane(.all())
    var features: [FeatureSet] { plane.published(FeatureSet.self) }

    private func closeBar(_ bar: Int64) { plane.tell(TradeEvent.fixture(at: bar * 60_000, price: 100)) }

    @Test func `are unknown until the stream has come, and hold nothing back`() throws {
        for bar in 0..<12 as Range<Int64> { closeBar(bar) }
        let last = try #require(features.last)
        #expect(last.isWarm)
        for feature in [
            .spread, .imbalance, .micropriceOffset, .bookSlope, .basis, .fundingRate, .minutesToFunding,
            .openInterest, .openInterestChange,
        ] as [Feature] { #expect(last.value(of: feature) == nil) }
        #expect(last.value(of: .tradeFlow) == 1)
    }

    @Test func `of the book lean to the side that has less`() throws {
        closeBar(0)
        plane.tell(OrderBookDelta.fixture(bids: [(99, 3), (98, 2)], asks: [(101, 1), (102, 5)]))
        closeBar(1)
        let bar = try #require(features.last)
        #expect(bar.value(of: .spread) == 0.02)
        #expect(bar.value(of: .imbalance)?.isNear(-1.0 / 11) == true)
        // 99 weighs a quarter, 101 three.
        #expect(bar.value(of: .micropriceOffset)?.isNear(0.005) == true)
        // 5 down to 200 basis points below, 6 up to 200 above.
        #expect(bar.value(of: .bookSlope)?.isNear((5.0 / 200 + 6.0 / 200) / 2) == true)
    }

    @Test func `of funding count down to the settlement`() {
        plane.tell(FundingEvent.fixture(at: 0, rate: Ratio(units: 1, scale: 4), next: 150_000))
        plane.tell(FundingEvent.fixture(at: 1, rate: 1, isBackfill: true))
        for bar in 0..<4 as Range<Int64> { closeBar(bar) }
        #expect(features.map { $0.value(of: .fundingRate) } == [0.0001, 0.0001, 0.0001])
        #expect(features.map { $0.value(of: .minutesToFunding) } == [1.5, 0.5, nil])
    }

    @Test func `of open interest tell its change over each bar`() {
        let plane = featurePlane(.all(timeframes: [120]))
        for (bar, interest) in ([100, 110, 90, 95, 95] as [Int64]).enumerated() {
            plane.tell(OpenInterestEvent.fixture(at: Int64(bar) * 60_000, Quantity(integerLiteral: interest)))
            plane.tell(TradeEvent.fixture(at: Int64(bar) * 60_000, price: 100))
        }
        plane.tell(OpenInterestEvent.fixture(at: 0, 1, isBackfill: true))
        plane.tell(TradeEvent.fixture(at: 300_000, price: 100))
        let features = plane.published(FeatureSet.self)
        #expect(
            features.filter { $0.barSeconds == 60 }.map { $0.value(of: .openInterestChange) }
                == [nil, -20, 5, 0, 0]
        )
        #expect(
            features.filter { $0.barSeconds == 120 }.map { $0.value(of: .openInterestChange) } == [nil, 5]
        )
        #expect(features.last?.value(of: .openInterest) == 95)
    }

    @Test func `of mark and index are their distance`() {
        plane.tell(TickerEvent.fixture(at: 0, mark: 101, index: 100))
        plane.tell(TickerEvent.fixture(at: 1, mark: 101, index: 0))
        closeBar(0)
        closeBar(1)
        #expect(features.last?.value(of: .basis)?.isNear(0.01) == true)
    }

    @Test func `say how much was taken beside candles too`() {
        let plane = featurePlane(.short(source: .klines(minutes: 1)))
        plane.tell(TradeEvent.fixture(at: 0, price: 100, side: .buy, quantity: 3, isBackfill: true))
        plane.tell(TradeEvent.fixture(at: 1, price: 100, side: .sell, quantity: 3))
        plane.tell(TradeEvent.fixture(at: 2, price: 100, side: .buy, quantity: 1))
        for bar in 0..<2 as Range<Int64> {
            plane.tell(KlineEvent.fixture(bar: bar, open: 1, high: 1, low: 1, close: 1))
        }
        #expect(plane.published(FeatureSet.self).map { $0.value(of: .tradeFlow) } == [-0.5, nil])
    }
}

extension Double {
    func isNear(_ other: Double) -> Bool { (self - other).magnitude < 1e-12 }
}
