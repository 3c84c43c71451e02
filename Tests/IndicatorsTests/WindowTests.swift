import Indicators
import Testing

/// What moves on in one step against the same gone through anew at every bar.
@Suite struct `Moving windows` {
    static let cases = PriceCourse.allCases.flatMap { course in
        [1, 2, 3, 7, 20, 55].map { (course, $0) }
    }

    private func compare<Found: Indicator>(
        _ indicator: Found,
        _ course: PriceCourse,
        _ length: Int,
        step: (inout Found, Candle) -> [Double]?,
        naive: (ArraySlice<Candle>) -> [Double]
    ) {
        var indicator = indicator
        let bars = candles(course, count: 600, seed: UInt64(length))
        for index in bars.indices {
            let figures = step(&indicator, bars[index])
            guard index >= length - 1 else {
                #expect(figures == nil)
                continue
            }
            let expected = naive(bars[(index - length + 1)...index])
            #expect(figures?.count == expected.count)
            for (figure, reference) in zip(figures ?? [], expected) where !figure.isNear(reference) {
                Issue.record("bar \(index): \(figure), gone through anew \(reference)")
            }
        }
    }

    @Test(arguments: cases)
    func `have the mean of their values`(course: PriceCourse, length: Int) {
        compare(SMA(length: length), course, length) {
            $0.update($1.close).map { [$0] }
        } naive: { window in
            [window.reduce(0) { $0 + $1.close } / Double(length)]
        }
    }

    @Test(arguments: cases)
    func `have the weighted mean of their values`(course: PriceCourse, length: Int) {
        compare(WMA(length: length), course, length) {
            $0.update($1.close).map { [$0] }
        } naive: { window in
            let weights = Double(length * (length + 1)) / 2
            return [zip(window, 1...).reduce(0) { $0 + $1.0.close * Double($1.1) } / weights]
        }
    }

    @Test(arguments: cases)
    func `have the deviation of their values`(course: PriceCourse, length: Int) {
        compare(BollingerBands(length: length, width: 2), course, length) {
            $0.update($1.close).map { [$0.upper, $0.middle, $0.lower] }
        } naive: { window in
            let mean = window.reduce(0) { $0 + $1.close } / Double(length)
            let squares = window.reduce(0) { $0 + ($1.close - mean) * ($1.close - mean) }
            let deviation = (squares / Double(length)).squareRoot()
            return [mean + 2 * deviation, mean, mean - 2 * deviation]
        }
    }

    @Test(arguments: cases)
    func `have the extremes of their values`(course: PriceCourse, length: Int) {
        compare(DonchianChannel(length: length), course, length) {
            $0.update($1).map { [$0.upper, $0.lower] }
        } naive: { window in
            [window.map(\.high).max() ?? 0, window.map(\.low).min() ?? 0]
        }
    }

    @Test(arguments: cases)
    func `have the price weighted by volume`(course: PriceCourse, length: Int) {
        compare(RollingVWAP(length: length), course, length) {
            $0.update($1).map { [$0] }
        } naive: { window in
            let turnover = window.reduce(0) { $0 + $1.typicalPrice * $1.volume }
            return [turnover / window.reduce(0) { $0 + $1.volume }]
        }
    }

    @Test(arguments: cases)
    func `have the flow of money`(course: PriceCourse, length: Int) {
        // One bar more, for the change of the first.
        compare(MFI(length: length), course, length + 1) {
            $0.update($1).map { [$0] }
        } naive: { window in
            var (rises, falls) = (0.0, 0.0)
            for (older, newer) in zip(window, window.dropFirst()) {
                let flow = newer.typicalPrice * newer.volume
                if newer.typicalPrice > older.typicalPrice { rises += flow }
                if newer.typicalPrice < older.typicalPrice { falls += flow }
            }
            return [rises + falls > 0 ? 100 * rises / (rises + falls) : 0]
        }
    }

    @Test(arguments: cases)
    func `have the volatility of their returns`(course: PriceCourse, length: Int) {
        var volatility = RealisedVolatility(length: length)
        let bars = candles(course, count: 600, seed: 9)
        var squares: [Double] = []
        for (older, newer) in zip(bars, bars.dropFirst()) {
            let move = LogReturn.of(newer.close, over: older.close)
            squares.append(move * move)
            let found = volatility.update(logReturn: move)
            guard squares.count >= length else { continue }
            let expected = squares.suffix(length).reduce(0, +).squareRoot()
            #expect(found?.isNear(expected, within: 1e-12) == true)
        }
    }

    @Test func `are as exact after millions of bars as after a few`() throws {
        var (mean, bands, weighted) = (
            SMA(length: 20), BollingerBands(length: 20, width: 2), WMA(length: 20)
        )
        var numbers = SeededNumbers(seed: 5)
        for _ in 0..<1_000_000 {
            let price = Double.random(in: 1...2, using: &numbers) * 1e9
            mean.update(price)
            bands.update(price)
            weighted.update(price)
        }
        // Then the price is a tiny fraction of what it was.
        var last: [Double] = []
        for _ in 0..<20 {
            let price = Double.random(in: 1...2, using: &numbers) * 1e-6
            last.append(price)
            mean.update(price)
            bands.update(price)
            weighted.update(price)
        }
        let expected = last.reduce(0, +) / 20
        let variance = last.reduce(0) { $0 + ($1 - expected) * ($1 - expected) } / 20
        let channel = try #require(bands.value)
        let found = try #require(mean.value)
        let weightedMean = try #require(weighted.value)
        let weightedSum = zip(last, 1...).reduce(0) { $0 + $1.0 * Double($1.1) }
        #expect((found / expected - 1).magnitude < 1e-12)
        #expect((channel.middle / expected - 1).magnitude < 1e-12)
        #expect(((channel.upper - expected) / (2 * variance.squareRoot()) - 1).magnitude < 1e-12)
        #expect((weightedMean / (weightedSum / 210) - 1).magnitude < 1e-12)
    }
}
