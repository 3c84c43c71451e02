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
        sma = try container.length(.sma)
        ema = try container.length(.ema)
        wma = try container.length(.wma)
        rsi = try container.length(.rsi)
        atr = try container.length(.atr)
        adx = try container.length(.adx)
        macd = try container.decode(MACDLengths.self, forKey: .macd)
        bollinger = try container.decode(Bands.self, forKey: .bollinger)
        stochastic = try container.decode(StochasticLengths.self, forKey: .stochastic)
        cci = try container.length(.cci)
        mfi = try container.length(.mfi)
        rateOfChange = try container.length(.rateOfChange)
        volatility = try container.length(.volatility)
        donchian = try container.length(.donchian)
        keltner = try container.decode(Keltner.self, forKey: .keltner)
        superTrend = try container.decode(Bands.self, forKey: .superTrend)
        rollingVWAP = try container.length(.rollingVWAP)
    }
}

extension IndicatorParameters.MACDLengths: Decodable {
    package init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        (fast, slow, signal) = (try list.length(), try list.length(), try list.length())
    }
}

extension IndicatorParameters.StochasticLengths: Decodable {
    package init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        (length, slowing, signal) = (try list.length(), try list.length(), try list.length())
    }
}

extension IndicatorParameters.Bands: Decodable {
    package init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        (length, width) = (try list.length(), try list.width())
    }
}

extension IndicatorParameters.Keltner: Decodable {
    package init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        (length, rangeLength, width) = (try list.length(), try list.length(), try list.width())
    }
}

extension KeyedDecodingContainer {
    fileprivate func length(_ key: Key) throws -> Int {
        let length = try decode(Int.self, forKey: key)
        guard length > 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "\(key.stringValue) is \(length): a length is at least 1"
            )
        }
        return length
    }
}

extension UnkeyedDecodingContainer {
    fileprivate mutating func length() throws -> Int {
        let length = try decode(Int.self)
        guard length > 0 else {
            throw DecodingError.dataCorruptedError(
                in: self,
                debugDescription: "a length is \(length): it must be at least 1"
            )
        }
        return length
    }

    fileprivate mutating func width() throws -> Double {
        let width = try decode(Double.self)
        guard width > 0 else {
            throw DecodingError.dataCorruptedError(
                in: self,
                debugDescription: "a width is \(width): it must be above 0"
            )
        }
        return width
    }
}
