import Contracts
import Glibc
import ResearchPlane
import Testing

@Suite struct `Triple barrier` {
    struct Bars: Sendable, CustomTestStringConvertible {
        let name: String
        let basis: TripleBarrier.Basis
        /// High, low, close.
        let bars: [(Double, Double, Double)]
        let side: TripleBarrier.Side
        let price: Double
        let count: Int
        var testDescription: String { name }
    }

    static let table = [
        Bars(
            name: "upper",
            basis: .highLow,
            bars: [(101, 99, 100), (106, 100, 104)],
            side: .upper,
            price: 105,
            count: 2
        ),
        Bars(name: "lower", basis: .highLow, bars: [(101, 94, 100)], side: .lower, price: 95, count: 1),
        Bars(
            name: "both in one bar is a loss",
            basis: .highLow,
            bars: [(110, 90, 100)],
            side: .lower,
            price: 95,
            count: 1
        ),
        Bars(
            name: "touching is enough",
            basis: .highLow,
            bars: [(105, 100, 100)],
            side: .upper,
            price: 105,
            count: 1
        ),
        Bars(
            name: "time",
            basis: .highLow,
            bars: [(101, 99, 100), (101, 99, 100), (102, 99, 101)],
            side: .time,
            price: 101,
            count: 3
        ),
        Bars(
            name: "the last bar still counts",
            basis: .highLow,
            bars: [(101, 99, 100), (101, 99, 100), (106, 99, 101)],
            side: .upper,
            price: 105,
            count: 3
        ),
        Bars(
            name: "only closes count",
            basis: .close,
            bars: [(110, 90, 100), (100, 90, 94)],
            side: .lower,
            price: 94,
            count: 2
        ),
        Bars(
            name: "a close beyond the upper barrier",
            basis: .close,
            bars: [(110, 90, 107)],
            side: .upper,
            price: 107,
            count: 1
        ),
    ]

    @Test(arguments: table)
    func `says which came first`(bars: Bars) {
        var barrier = TripleBarrier(upper: 105, lower: 95, horizonBars: 3, basis: bars.basis)
        for (index, bar) in bars.bars.enumerated() {
            #expect(barrier.exit == nil)
            barrier.take(high: bar.0, low: bar.1, close: bar.2, bars: index + 1)
        }
        #expect(barrier.exit == TripleBarrier.Exit(side: bars.side, price: bars.price, bars: bars.count))
        barrier.take(high: 1000, low: 0, close: 1, bars: 4)
        #expect(barrier.exit?.price == bars.price)
    }
}

@Suite struct `Outcome engine` {
    private func engine(
        horizon: Int = 3,
        width: OutcomeSettings.Width = .atr(upper: 2, lower: 2)
    ) -> OutcomeEngine {
        var settings = OutcomeSettings()
        settings.horizonBars = horizon
        settings.width = width
        return OutcomeEngine(settings: settings)
    }

    private func outcomes(_ vectors: [FeatureVectorRecorded], of engine: inout OutcomeEngine) -> [Outcome] {
        vectors.flatMap { engine.take($0) }
    }

    @Test func `gives a vector's outcome at its horizon`() throws {
        var engine = engine()
        let found = outcomes(
            [
                .fixture(bar: 0, close: 100), .fixture(bar: 1, close: 101, high: 102.5, low: 99.5),
                .fixture(bar: 2, close: 99, high: 101, low: 97),
                .fixture(bar: 3, close: 103, high: 103, low: 99),
            ],
            of: &engine
        )
        let outcome = try #require(found.first)
        #expect(found.count == 1)
        #expect(outcome.barEnd == Fixture.start + 60_000)
        #expect(outcome.exit == TripleBarrier.Exit(side: .upper, price: 102, bars: 1))
        #expect(isClose(outcome.forwardReturn, 0.03))
        #expect(isClose(outcome.maximumFavourable, 0.03) && isClose(outcome.maximumAdverse, 0.03))
    }

    @Test func `gives one outcome a bar once the first horizon is over`() {
        var engine = engine()
        #expect(
            outcomes((0..<10).map { .fixture(bar: $0) }, of: &engine).map(\.exit.side)
                == Array(repeating: .time, count: 7)
        )
    }

    @Test func `gives up what a gap cuts off, and bridges a small one`() {
        var engine = engine()
        #expect(outcomes([0, 1, 9, 10].map { .fixture(bar: $0) }, of: &engine).isEmpty)
        #expect(engine.abandonedCount == 2)
        #expect(outcomes([12].map { .fixture(bar: $0) }, of: &engine).count == 1)
    }

    @Test func `skips what comes twice, late or without a width`() {
        var engine = engine()
        _ = outcomes(
            [.fixture(bar: 5), .fixture(bar: 5), .fixture(bar: 4), .fixture(bar: 6, atr: 0)],
            of: &engine
        )
        #expect(engine.skippedCount == 3)
    }

    @Test func `keeps instruments apart`() {
        var engine = engine(horizon: 1)
        #expect(engine.take(.fixture(bar: 0)).isEmpty)
        #expect(engine.take(.fixture(bar: 1, instrument: Fixture.other, close: 50)).isEmpty)
        #expect(engine.take(.fixture(bar: 1)).map(\.instrument) == [Fixture.instrument])
    }
}

@Suite struct `Triple barrier oracle` {
    struct Case: Sendable, CustomTestStringConvertible {
        let tag: String
        let upper: Double
        let lower: Double
        let horizonBars: Int
        let basis: TripleBarrier.Basis
        var testDescription: String { tag }
    }

    @Test(arguments: [
        Case(tag: "a", upper: 3, lower: 3, horizonBars: 24, basis: .highLow),
        Case(tag: "b", upper: 4, lower: 2, horizonBars: 48, basis: .close),
    ])
    func `agrees on every exit`(set: Case) throws {
        guard let rows = Fixture.oracle("triple_barrier_\(set.tag).csv").map(Fixture.columns),
            let bars = Fixture.oracle("indicators_btc5m.csv").map(Fixture.columns)
        else { return }
        func column(_ name: String, of table: [String: [Double]]) throws -> [Double] {
            try #require(table[name])
        }
        let (highs, lows) = (try column("high", of: bars), try column("low", of: bars))
        let closes = try column("close", of: bars)
        let (entries, exits) = (try column("i", of: rows), try column("exit_i", of: rows))
        let (labels, returns) = (try column("label", of: rows), try column("log_return", of: rows))
        let volatilities = try column("vol", of: rows)
        for row in entries.indices {
            let entry = Int(entries[row])
            let close = closes[entry]
            var barrier = TripleBarrier(
                upper: close * exp(set.upper * volatilities[row]),
                lower: close * exp(-set.lower * volatilities[row]),
                horizonBars: set.horizonBars,
                basis: set.basis
            )
            for bar in (entry + 1)...min(entry + set.horizonBars, closes.count - 1) {
                barrier.take(high: highs[bar], low: lows[bar], close: closes[bar], bars: bar - entry)
            }
            let exit = try #require(barrier.exit)
            #expect(entry + exit.bars == Int(exits[row]) && exit.side.rawValue == Int(labels[row]))
            #expect(abs(log(exit.price / close) - returns[row]) < 1e-9)
        }
    }
}
