import AnalyticsPlane
import Contracts
import EventKernel
import TestKit
import Testing

@Suite struct `Features after a restart` {
    private func snapshot(of plane: PlaneHarness) throws -> StateSnapshot {
        plane.tell(SnapshotRequest(meta: EventMeta(source: .system), why: "a test"))
        return try #require(plane.published(StateSnapshot.self).last)
    }

    private func restore(_ snapshot: StateSnapshot, version: Int? = nil, in plane: PlaneHarness) {
        plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(
                    part: snapshot.part,
                    version: version ?? snapshot.version,
                    body: snapshot.body,
                    asOf: 1
                )
            )
        )
    }

    static let runs = (1...6 as ClosedRange<UInt64>).flatMap { seed in
        [BarSource.trades, .klines(minutes: 1)].map { (seed, $0) }
    }

    @Test(arguments: runs)
    func `are those of a run that was never cut, bit for bit`(seed: UInt64, source: BarSource) throws {
        var market = RandomMarket(seed: seed)
        let moments = market.moments(1_200, source: source)
        let settings = FeatureSettings.all(source: source, timeframes: [300, 900])
        let whole = featurePlane(settings, startingAt: startOfBar)
        for moment in moments { moment.tell(whole) }
        let expected = whole.published(FeatureSet.self).map { PlainFeatures($0) }
        var numbers = SeededGenerator(seed: seed)
        for _ in 0..<12 {
            let cut = Int.random(in: 0...moments.count, using: &numbers)
            let before = featurePlane(settings, startingAt: startOfBar)
            for moment in moments[..<cut] { moment.tell(before) }
            let kept = try snapshot(of: before)
            let after = featurePlane(settings, startingAt: before.time)
            restore(kept, in: after)
            for moment in moments[cut...] { moment.tell(after) }
            let told = before.published(FeatureSet.self) + after.published(FeatureSet.self)
            #expect(told.map { PlainFeatures($0) } == expected, "cut at \(cut)")
            #expect(after.published(ErrorEvent.self).isEmpty)
        }
        #expect(Set(expected.map(\.barSeconds)) == [60, 300, 900])
        #expect(expected.contains { $0.isWarm })
    }

    @Test func `count what is fetched again once`() throws {
        let settings = FeatureSettings.short(source: .klines(minutes: 1), timeframes: [300])
        func candle(_ bar: Int64, isBackfill: Bool = false) -> KlineEvent {
            let price = Price(integerLiteral: 100 + bar)
            return .fixture(
                bar: bar,
                open: price,
                high: price,
                low: price,
                close: price,
                isBackfill: isBackfill
            )
        }
        let whole = featurePlane(settings)
        for bar in 0..<12 as Range<Int64> { whole.tell(candle(bar)) }
        let before = featurePlane(settings)
        for bar in 0..<7 as Range<Int64> { before.tell(candle(bar)) }
        let after = featurePlane(settings)
        restore(try snapshot(of: before), in: after)
        for bar in 0..<9 as Range<Int64> { after.tell(candle(bar, isBackfill: true)) }
        for bar in 9..<12 as Range<Int64> { after.tell(candle(bar)) }
        let expected = whole.published(FeatureSet.self).suffix(4).map { PlainFeatures($0) }
        #expect(after.published(FeatureSet.self).map { PlainFeatures($0) } == expected)
    }

    @Test func `count trades that are fetched again once`() throws {
        let before = featurePlane(.short())
        for time in [0, 10_000, 20_000] as [Int64] { before.tell(TradeEvent.fixture(at: time, price: 100)) }
        let after = featurePlane(.short())
        restore(try snapshot(of: before), in: after)
        for time in [10_000, 20_000, 30_000] as [Int64] {
            after.tell(TradeEvent.fixture(at: time, price: 101, isBackfill: true))
        }
        after.tell(TradeEvent.fixture(at: 60_000, price: 100))
        #expect(after.published(FeatureSet.self).map { $0.value(of: .volume) } == [4])
    }

    @Test func `do not tell a bar that ended while nothing ran`() throws {
        let settings = FeatureSettings.short(timeframes: [300])
        let before = featurePlane(settings, startingAt: startOfBar)
        before.tell(TradeEvent.fixture(at: 0, price: 100))
        before.tell(TradeEvent.fixture(at: 60_000, price: 101))
        let kept = try snapshot(of: before)
        let after = featurePlane(settings, startingAt: startOfBar + 900_000)
        restore(kept, in: after)
        after.tell(TradeEvent.fixture(at: 900_000, price: 102))
        after.tell(TradeEvent.fixture(at: 960_000, price: 103))
        #expect(after.published(FeatureSet.self).map(\.barEnd) == [startOfBar + 960_000])
        #expect(after.published(FeatureSet.self).map { $0.value(of: .emaFast) != nil } == [true])
    }

    @Test func `close an overdue bar when its wait is over`() throws {
        let before = featurePlane(.short())
        before.tell(TradeEvent.fixture(at: 0, price: 100))
        before.tell(TickerEvent.fixture(at: 60_000))
        let kept = try snapshot(of: before)
        let after = featurePlane(.short(), startingAt: before.time + 100)
        restore(kept, in: after)
        after.advance(milliseconds: 149)
        #expect(after.published(FeatureSet.self).isEmpty)
        after.advance(milliseconds: 1)
        #expect(after.published(FeatureSet.self).map(\.close) == [100])
    }

    @Test func `start anew where the settings are others, and say so`() throws {
        let before = featurePlane(.short())
        for bar in 0..<5 as Range<Int64> { before.tell(TradeEvent.fixture(at: bar * 60_000, price: 100)) }
        let after = featurePlane(.all())
        restore(try snapshot(of: before), in: after)
        for bar in 5..<7 as Range<Int64> { after.tell(TradeEvent.fixture(at: bar * 60_000, price: 100)) }
        #expect(after.published(FeatureSet.self).map { $0.value(of: .emaSlow) } == [nil])
        #expect(after.published(ErrorEvent.self).map(\.code) == ["features.settings_changed"])
        #expect(after.published(ErrorEvent.self).map(\.severity) == [.warning])
    }

    @Test func `start anew where the state can't be read, and say so`() throws {
        let plane = featurePlane(.short())
        let kept = try snapshot(of: plane)
        restore(kept, version: 99, in: plane)
        restore(StateSnapshot(meta: kept.meta, part: .features, version: 1, body: "{"), in: plane)
        restore(StateSnapshot(meta: kept.meta, part: .risk, version: 1, body: "{"), in: plane)
        #expect(
            plane.published(ErrorEvent.self).map(\.code)
                == ["features.state_version", "features.state_unreadable"]
        )
    }
}
