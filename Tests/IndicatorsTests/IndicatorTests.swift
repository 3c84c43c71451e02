import Foundation
import Indicators
import Testing

@Suite struct `An indicator` {
    static let parameters = """
        {"sma": 5, "ema": 4, "wma": 3, "rsi": 6, "atr": 5, "adx": 4, "macd": [3, 6, 4], "bb": [5, 2],
         "stoch": [5, 3, 2], "cci": 6, "mfi": 4, "roc": 3, "rv": 7, "don": 8, "kel": [4, 6, 1.5],
         "st": [5, 2.5], "rvwap": 9}
        """

    @Test(arguments: PriceCourse.allCases)
    func `goes on bit for bit from a snapshot`(course: PriceCourse) throws {
        let parameters = try JSONDecoder().decode(
            IndicatorParameters.self,
            from: Data(Self.parameters.utf8)
        )
        let bars = candles(course, count: 400, seed: 3)
        for cut in [0, 1, 4, 5, 6, 17, 40, 133, 399] {
            var whole = IndicatorTable(parameters)
            for bar in bars[..<cut] { _ = whole.update(bar) }
            let kept = try JSONEncoder().encode(whole)
            var restored = try JSONDecoder().decode(IndicatorTable.self, from: kept)
            #expect(restored == whole)
            for bar in bars[cut...] {
                let (figures, again) = (whole.update(bar), restored.update(bar))
                #expect(figures.map { $0?.bitPattern } == again.map { $0?.bitPattern })
            }
        }
    }

    @Test func `stays finite and in its bounds where nothing moves`() throws {
        let parameters = try JSONDecoder().decode(
            IndicatorParameters.self,
            from: Data(Self.parameters.utf8)
        )
        var table = IndicatorTable(parameters)
        var last: [String: Double] = [:]
        for bar in candles(.constant, count: 200, seed: 1) {
            let figures = table.update(bar)
            for (name, figure) in zip(IndicatorTable.columns.dropFirst(6), figures) { last[name] = figure }
        }
        #expect(last.count == IndicatorTable.columns.count - 6)
        #expect(last.values.allSatisfy { $0.isFinite })
        for name in ["rsi", "cci", "mfi", "stoch_k", "adx", "plus_di", "macd", "roc", "realised_vol", "atr"] {
            #expect(last[name] == 0, "\(name)")
        }
        for name in ["sma", "ema", "wma", "bb_upper", "bb_lower", "keltner_upper", "vwap_rolling"] {
            #expect(last[name]?.isNear(100, within: 1e-14) == true, "\(name)")
        }
    }

    @Test func `that is exponential may start from the first value`() {
        var average = EMA(length: 3, seed: .firstValue)
        #expect([8, 4, 4, 8].map { average.update($0) } == [nil, nil, 5, 6.5])
    }

    @Test func `that is exponential starts from the mean of its first values`() {
        var average = EMA(length: 3)
        #expect([1, 2, 6, 5].map { average.update($0) } == [nil, nil, 3, 4])
    }

    @Test func `of volume has nothing to say where nothing is traded`() {
        let silent = Candle(openTime: 0, open: 1, high: 1, low: 1, close: 1, volume: 0)
        var (daily, rolling) = (DailyVWAP(), RollingVWAP(length: 1))
        #expect(daily.update(silent) == nil)
        #expect(rolling.update(silent) == nil)
    }

    @Test func `of a day begins anew at midnight`() {
        var average = DailyVWAP()
        let day: Int64 = 86_400_000
        for (time, price) in [(day - 1, 10.0), (day, 20.0), (day + 1, 30.0)] {
            average.update(
                Candle(openTime: time, open: price, high: price, low: price, close: price, volume: 1)
            )
        }
        #expect(average.value == 25)
    }

    @Test(arguments: [
        (2.0, 1.0), (1.0, 2.0), (1.0000001, 1), (1e300, 1e-300), (123_344.5, 123_291.4), (3, 3),
    ])
    func `of returns takes the natural logarithm`(value: Double, base: Double) {
        let (found, expected) = (LogReturn.of(value, over: base), log(value) - log(base))
        #expect((found - expected).magnitude <= 1e-12 * max(1, expected.magnitude))
    }

    @Test(arguments: [
        #""sma": 0"#, #""bb": [20]"#, #""bb": [20, 0]"#, #""bb": [20, -1.0]"#, #""macd": [1, 2]"#,
        #""kel": [1, 2, "x"]"#,
    ])
    func `refuses parameters that make no sense`(member: String) throws {
        let key = try #require(member.split(separator: ":").first)
        let lines = Self.parameters.replacingOccurrences(
            of: "\(key): ",
            with: "\(member), \"was\": "
        )
        let data = Data(lines.utf8)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(IndicatorParameters.self, from: data)
        }
    }
}
