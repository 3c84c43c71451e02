/// Over how many bars, and how widely, each column of an ``IndicatorTable`` is computed.
///
/// - Shape: one object of `indicators_params.json`; members that are no parameters are passed over.
/// - Units: bars; widths in standard deviations or average true ranges.
/// - Errors: `DecodingError` where a member is missing, a length is below 1 or a width is not a number above 0.
/// - Source: `../shared/oracles/README.md`, section 1.
package struct IndicatorParameters: Hashable, Sendable {
    package struct MACDLengths: Hashable, Sendable {
        package var fast: Int
        package var slow: Int
        package var signal: Int
    }
    package struct StochasticLengths: Hashable, Sendable {
        package var length: Int
        package var slowing: Int
        package var signal: Int
    }
    package struct Bands: Hashable, Sendable {
        package var length: Int
        package var width: Double
    }
    package struct Keltner: Hashable, Sendable {
        package var length: Int
        package var rangeLength: Int
        package var width: Double
    }

    package var sma: Int
    package var ema: Int
    package var wma: Int
    package var rsi: Int
    package var atr: Int
    package var adx: Int
    package var macd: MACDLengths
    package var bollinger: Bands
    package var stochastic: StochasticLengths
    package var cci: Int
    package var mfi: Int
    package var rateOfChange: Int
    package var volatility: Int
    package var donchian: Int
    package var keltner: Keltner
    package var superTrend: Bands
    package var rollingVWAP: Int
}

extension IndicatorParameters: Decodable {
    private enum CodingKeys: String, CodingKey {
        case sma, ema, wma, rsi, atr, adx, macd, cci, mfi
        case bollinger = "bb"
        case stochastic = "stoch"
        case rateOfChange = "roc"
        case volatility = "rv"
        case donchian = "don"
        case keltner = "kel"
        case superTrend = "st"
        case rollingVWAP = "rvwap"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func length(_ key: CodingKeys) throws -> Int {
            try checked(try container.decode(Int.self, forKey: key), in: container, at: key)
        }
        func lengths(
            _ key: CodingKeys,
            _ list: inout any UnkeyedDecodingContainer,
            _ count: Int
        ) throws -> [Int] {
            try (0..<count).map { _ in try checked(try list.decode(Int.self), in: container, at: key) }
        }
        func lengths(_ key: CodingKeys) throws -> [Int] {
            var list: any UnkeyedDecodingContainer = try container.nestedUnkeyedContainer(forKey: key)
            return try lengths(key, &list, 3)
        }
        /// So many lengths, and a width behind them.
        func bands(_ key: CodingKeys, lengthCount: Int) throws -> (lengths: [Int], width: Double) {
            var list: any UnkeyedDecodingContainer = try container.nestedUnkeyedContainer(forKey: key)
            let lengths = try lengths(key, &list, lengthCount)
            return (lengths, try checked(try list.decode(Double.self), in: container, at: key))
        }
        sma = try length(.sma)
        ema = try length(.ema)
        wma = try length(.wma)
        rsi = try length(.rsi)
        atr = try length(.atr)
        adx = try length(.adx)
        cci = try length(.cci)
        mfi = try length(.mfi)
        rateOfChange = try length(.rateOfChange)
        volatility = try length(.volatility)
        donchian = try length(.donchian)
        rollingVWAP = try length(.rollingVWAP)
        let macd = try lengths(.macd)
        self.macd = MACDLengths(fast: macd[0], slow: macd[1], signal: macd[2])
        let stochastic = try lengths(.stochastic)
        self.stochastic = StochasticLengths(
            length: stochastic[0],
            slowing: stochastic[1],
            signal: stochastic[2]
        )
        let bollinger = try bands(.bollinger, lengthCount: 1)
        self.bollinger = Bands(length: bollinger.lengths[0], width: bollinger.width)
        let keltner = try bands(.keltner, lengthCount: 2)
        self.keltner = Keltner(
            length: keltner.lengths[0],
            rangeLength: keltner.lengths[1],
            width: keltner.width
        )
        let superTrend = try bands(.superTrend, lengthCount: 1)
        self.superTrend = Bands(length: superTrend.lengths[0], width: superTrend.width)
    }
}

/// Lets a figure above zero through, and names the member of any other.
private func checked<Figure: Comparable & ExpressibleByIntegerLiteral, Key: CodingKey>(
    _ figure: Figure,
    in container: KeyedDecodingContainer<Key>,
    at key: Key
) throws -> Figure {
    guard figure > 0 else {
        throw DecodingError.dataCorruptedError(
            forKey: key,
            in: container,
            debugDescription: "\(key.stringValue) has \(figure): it must be above 0"
        )
    }
    return figure
}
