import Contracts
import EventKernel
import HistoricalData
import Testing

@testable import TradingSystem

@Suite struct `Look-ahead check` {
    @Test func `finds nothing where nobody looks ahead`() async throws {
        let (result, cuts) = try await LookAheadCheck(try Market.run()).check(cuts: 6, workers: 2)
        #expect(result.orderCount > 0)
        #expect(cuts.count >= 5)
        #expect(cuts.allSatisfy { $0.difference == nil })
        #expect(cuts.map(\.time) == cuts.map(\.time).sorted())
        #expect(cuts.last.map { $0.decisionCount > 10 } ?? false)
    }

    @Test func `catches a module that peeks at the next close`() async throws {
        // Given a module that knows all closes of its data, and speaks by the one to come
        var run = try Market.run()
        run.addModules = { kernel, data in Peeker(data, kernel) }
        // When
        let (_, cuts) = try await LookAheadCheck(run).check(cuts: 12, workers: 1)
        // Then
        let difference = try #require(cuts.compactMap(\.difference).first)
        #expect(difference.number > 1)
        #expect(difference.withAll != difference.withLess)
        #expect((difference.withAll ?? "").hasPrefix("strategy:intent"))
    }

    @Test func `chooses its cuts by the seed`() {
        let times = { LookAheadCheck.times(5, between: 0, and: 6_000_000, seed: $0) }
        #expect(times(1) == times(1))
        #expect(times(1) != times(2))
        #expect(times(1).allSatisfy { $0 > 0 && $0 < 6_000_000 && $0 % 60_000 == 0 })
        #expect(times(1).count == 5)
    }

    @Test func `cuts at every minute where there are few`() {
        let times = { LookAheadCheck.times(5, between: $0, and: $1, seed: 1) }
        #expect(times(1, 180_000) == [60_000, 120_000])
        #expect(times(60_000, 120_000).isEmpty)
        #expect(times(60_000, 120_001) == [120_000])
        #expect(times(5, 5).isEmpty)
    }

    /// Wants to be long where the next candle closes higher; at the end of its data it knows no next one.
    private final class Peeker {
        private var closes: [UnixMilliseconds: Price] = [:]

        @discardableResult
        init(_ data: DataSet, _ kernel: Kernel) {
            let ahead = Kernel()
            ahead.bus.on(KlineEvent.self, as: .backtestHost) { candle in
                if candle.isConfirmed { self.closes[candle.start] = candle.close }
            }
            if let feed = try? data.feed() { while (try? feed.tell(to: ahead)) == true {} }
            kernel.bus.on(KlineEvent.self, as: .strategyManager) { [unowned kernel] candle in
                guard candle.isConfirmed else { return }
                let next = self.closes[candle.start + 60_000] ?? candle.close
                kernel.bus.publish(
                    StrategyIntent(
                        meta: EventMeta(source: .strategy, correlationID: .intent(kernel.bus.nextSequence)),
                        instrument: candle.instrument,
                        strategy: StrategyID("peeker"),
                        version: 1,
                        target: next > candle.close ? 1_000 : 0,
                        referencePrice: candle.close,
                        slippageMax: Ratio(units: 1, scale: 1),
                        expires: candle.meta.ts + 600_000,
                        reason: "it knows"
                    )
                )
            }
        }
    }
}
