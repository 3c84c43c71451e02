import Contracts
import Testing

@testable import Reporting

@Suite struct `Thinned curve` {
    @Test func `keeps every extreme, and the ends, when it is thinned`() {
        var noise = Noise(state: 3)
        var points = (0..<100_000).map { Curve.Point(time: Int64($0) * 60_000, value: noise.fraction()) }
        points[31_415] = Curve.Point(time: points[31_415].time, value: 9)
        points[31_416] = Curve.Point(time: points[31_416].time, value: -9)
        // When
        let curve = Curve(points, axis: TimeAxis(0, points[99_999].time))
        // Then
        #expect(curve.points.count <= 2 * Curve.columns + 2)
        #expect(curve.points.first == points.first && curve.points.last == points.last)
        #expect(curve.points.contains(points[31_415]) && curve.points.contains(points[31_416]))
        #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test func `is left as it is where it is short`() {
        let points = (0..<500).map { Curve.Point(time: Int64($0), value: Double($0 % 7)) }
        #expect(Curve(points, axis: TimeAxis(0, 499)).points == points)
    }
}

@Suite struct `Drawdown curve` {
    @Test func `knows the deepest fall from its peak to the time it was made good`() throws {
        let equity = [100.0, 120, 90, 110, 120, 130, 125, 131].enumerated().map {
            EquityPoint(time: Int64($0.offset), equity: $0.element)
        }
        let curve = DrawdownCurve(equity)
        #expect(curve.deepest == DrawdownCurve.Deepest(peak: 1, trough: 2, recovery: 4, depth: 0.25))
        #expect(curve.points.map(\.value).min() == -0.25 && curve.points.count == 8)
    }

    @Test func `has no end for a fall that was not made good, and none for a rise`() {
        let fall = DrawdownCurve(
            [100.0, 50, 60].enumerated().map { EquityPoint(time: Int64($0.offset), equity: $0.element) }
        )
        #expect(fall.deepest == DrawdownCurve.Deepest(peak: 0, trough: 1, recovery: nil, depth: 0.5))
        let rise = DrawdownCurve([EquityPoint(time: 0, equity: 1), EquityPoint(time: 1, equity: 2)])
        #expect(rise.deepest == nil)
    }
}

@Suite struct `Monthly returns` {
    @Test func `multiply to the year's, and the years' to the whole`() throws {
        let run = try SampleRun.report(bars: 150_000)
        let years = MonthlyReturns(run.equity).years
        // Then
        #expect(years.map(\.year) == [2023, 2024])
        for year in years {
            let product = year.months.compactMap { $0 }.reduce(1) { $0 * (1 + $1) }
            #expect(abs(product - (1 + year.total)) < 1e-12)
        }
        let whole = years.reduce(1) { $0 * (1 + $1.total) }
        let (first, last) = try (#require(run.equity.first), #require(run.equity.last))
        #expect(abs(whole - last.equity / first.equity) < 1e-12)
        #expect(years.last?.months.last == .some(nil))
    }

    @Test func `begin each month with the last equity before it`() {
        let january = UTCDate(year: 2024, month: 1).start
        let february = UTCDate(year: 2024, month: 2).start
        let equity = [(january, 100.0), (february - 1, 110), (february, 121), (february + 1, 132)]
        let years = MonthlyReturns(equity.map { EquityPoint(time: $0.0, equity: $0.1) }).years
        #expect(years.count == 1)
        let months = years.first?.months.compactMap { $0 } ?? []
        #expect(months.count == 2)
        #expect(abs((months.first ?? 0) - 0.1) < 1e-12 && abs((months.last ?? 0) - 0.2) < 1e-12)
    }
}
