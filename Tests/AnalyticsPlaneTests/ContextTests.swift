import AnalyticsPlane
import Contracts
import EventKernel
import TestKit
import Testing

private let hour: Int64 = 3_600_000
/// Monday, 2023-11-20 00:00 UTC, seen from the fixtures' first bar.
private let monday: Int64 = 1_700_438_400_000 - startOfBar

private func contextPlane(
    startingAt time: UnixMilliseconds = 1_700_000_000_000,
    _ change: (inout ContextSettings) -> Void = { _ in }
) -> PlaneHarness {
    PlaneHarness(startingAt: time) { kernel in
        var settings = ContextSettings(volatilityMeanBars: 4)
        settings.dwellBars = 1
        change(&settings)
        _ = MarketContextBuilder(settings: settings, kernel: kernel)
    }
}

@Suite struct `Context` {
    @Test func `lets a regime last before it may change`() {
        let plane = contextPlane { $0.dwellBars = 3 }
        for (bar, distance) in [0, 8, -8, 8, 8, 8, 0, 0, 0].enumerated() {
            plane.tell(FeatureSet.fixture(bar: Int64(bar), distance: Double(distance)))
        }
        let contexts = plane.published(MarketContext.self)
        #expect(contexts.map(\.trend) == [.range, .up, .range])
        #expect(contexts.map { ($0.since - startOfBar) / 60_000 } == [0, 3, 6])
    }

    @Test(arguments: [
        (indices: [30.0], trend: MarketContext.Trend.up), (indices: [19], trend: .range),
        (indices: [21, 16], trend: .up), (indices: [21, 14], trend: .range),
    ])
    func `wants a directed market for a trend, where that is known`(
        indices: [Double],
        trend: MarketContext.Trend
    ) {
        let plane = contextPlane()
        for (bar, index) in indices.enumerated() {
            plane.tell(FeatureSet.fixture(bar: Int64(bar), distance: 8, adx: index))
        }
        #expect(plane.published(MarketContext.self).last?.trend == trend)
    }

    @Test(arguments: [
        (distance: 12.0, adx: Double?.none, confidence: 1.0), (distance: 6, adx: nil, confidence: 0.5),
        (distance: 12, adx: 40, confidence: 1), (distance: 12, adx: 20, confidence: 0.75),
        (distance: 0, adx: 0, confidence: 1), (distance: 0, adx: 20, confidence: 0.75),
    ])
    func `is as sure as its figures are clear`(distance: Double, adx: Double?, confidence: Double) throws {
        let plane = contextPlane()
        plane.tell(FeatureSet.fixture(bar: 0, distance: distance, adx: adx))
        let found = try #require(plane.published(MarketContext.self).last?.confidence)
        #expect((found - confidence).magnitude < 1e-12)
    }

    @Test func `calls liquidity normal without a book`() {
        let plane = contextPlane()
        plane.tell(FeatureSet.fixture(bar: 0, distance: 0, spread: nil))
        #expect(plane.published(MarketContext.self).map(\.liquidity) == [.normal])
    }

    @Test func `is read from one timeframe, the shortest if none is named`() {
        let (shortest, named) = (contextPlane(), contextPlane { $0.timeframeSeconds = 300 })
        for plane in [shortest, named] {
            plane.tell(FeatureSet.fixture(bar: 5, distance: 0))
            plane.tell(FeatureSet.fixture(bar: 1, distance: 9, barSeconds: 300))
        }
        #expect(shortest.published(MarketContext.self).map(\.trend) == [.range])
        #expect(named.published(MarketContext.self).map(\.trend) == [.up])
    }

    @Test(arguments: [
        (at: monday, session: MarketContext.Session.asia), (at: monday + 7 * hour - 1, session: .asia),
        (at: monday + 7 * hour, session: .europe), (at: monday + 13 * hour, session: .america),
        (at: monday + 22 * hour, session: .quiet), (at: monday + 24 * hour, session: .asia),
        (at: monday + 4 * 24 * hour + 23 * hour, session: .quiet),
        (at: monday + 5 * 24 * hour, session: .weekend),
        (at: monday + 7 * 24 * hour - 1, session: .weekend), (at: monday + 7 * 24 * hour, session: .asia),
    ])
    func `names the session`(at time: Int64, session: MarketContext.Session) {
        let plane = contextPlane()
        plane.tell(FeatureSet.fixture(bar: 0, distance: 0))
        plane.tell(TickerEvent.fixture(at: time))
        #expect(plane.published(MarketContext.self).last?.session == session)
    }

    @Test func `speaks when the session changes, without a bar`() {
        let plane = contextPlane()
        plane.tell(TickerEvent.fixture(at: monday))
        #expect(plane.published(MarketContext.self).isEmpty, "no regime is known yet")
        plane.tell(FeatureSet.fixture(bar: monday / 60_000, distance: 9))
        for minute in 0..<(24 * 60) as Range<Int64> {
            plane.tell(TickerEvent.fixture(at: monday + minute * 60_000))
        }
        let contexts = plane.published(MarketContext.self)
        #expect(contexts.map(\.session) == [.asia, .europe, .america, .quiet])
        #expect(Set(contexts.map(\.trend)) == [.up])
        #expect(Set(contexts.map(\.since)) == [startOfBar + monday])
    }

    @Test func `knows when a funding settlement is near`() {
        let plane = contextPlane { $0.fundingWindowMinutes = 10 }
        plane.tell(FeatureSet.fixture(bar: monday / 60_000, distance: 0))
        plane.tell(FundingEvent.fixture(at: monday, next: monday + hour))
        plane.tell(FundingEvent.fixture(at: monday, next: monday + 1, isBackfill: true))
        for minute in 0..<80 as Range<Int64> {
            // The settlement over, the next one is eight hours away.
            if minute == 61 {
                plane.tell(FundingEvent.fixture(at: monday + 61 * 60_000, next: monday + 9 * hour))
            }
            plane.time = startOfBar + monday + minute * 60_000
            plane.tell(TickerEvent.fixture(at: monday + minute * 60_000))
        }
        let contexts = plane.published(MarketContext.self)
        #expect(contexts.map(\.isFundingWindow) == [false, true, false])
        #expect(contexts.dropFirst().map { ($0.meta.ts - startOfBar - monday) / 60_000 } == [50, 70])
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `goes on after a restart as if there had been none`(seed: UInt64) throws {
        var numbers = SeededGenerator(seed: seed)
        let steps = (0..<400 as Range<Int64>).map { bar in
            FeatureSet.fixture(
                bar: bar,
                distance: .random(in: -9...9, using: &numbers),
                spread: .random(in: 0...0.002, using: &numbers),
                volatility: .random(in: 0.001...0.01, using: &numbers),
                adx: bar % 3 == 0 ? nil : .random(in: 10...40, using: &numbers)
            )
        }
        func tell(_ bars: Range<Int>, _ plane: PlaneHarness) {
            for bar in bars {
                if bar % 50 == 0 { plane.tell(FundingEvent.fixture(at: 0, next: Int64(bar + 30) * 60_000)) }
                plane.tell(steps[bar])
            }
        }
        func plain(_ planes: PlaneHarness...) -> [MarketContext] {
            planes.flatMap { $0.published(MarketContext.self) }.map { context in
                var context = context
                context.meta.seq = 0
                return context
            }
        }
        let whole = contextPlane { $0.dwellBars = 2 }
        tell(0..<400, whole)
        for cut in [0, 1, 3, 77, 200, 399] {
            let (before, after) = (contextPlane { $0.dwellBars = 2 }, contextPlane { $0.dwellBars = 2 })
            tell(0..<cut, before)
            before.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "a test"))
            let kept = try #require(before.published(StateSnapshot.self).last)
            #expect(kept.part == .context)
            let step = StateRecovery.Step.restored(
                part: .context,
                version: kept.version,
                body: kept.body,
                asOf: 1
            )
            after.tell(StateRecovery(meta: EventMeta(source: .storage), step: step))
            tell(cut..<400, after)
            #expect(plain(before, after) == plain(whole))
        }
        #expect(plain(whole).count > 20)
    }
}
