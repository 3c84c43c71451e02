/// The features of schema version 2, in their order.
///
/// - Units: averages, bands and ranges in quote asset; oscillators as usual, 0 to 100 or -100 to 100; `spread`,
///   `barReturn`, `logReturn`, `volatility`, `micropriceOffset`, `basis` and `fundingRate` as fractions; `imbalance`
///   and `tradeFlow` from -1 to 1; volumes and open interest in base asset.
@frozen @usableFromInline package enum Feature: Int, CaseIterable, Hashable, Sendable {
    case emaFast, emaSlow, atr, spread, imbalance, volatility, barReturn, tradeFlow
    case sma, wma, rsi, plusDI, minusDI, adx, macd, macdSignal, macdHistogram
    case bollingerUpper, bollingerMiddle, bollingerLower, stochasticK, stochasticD, cci, mfi, obv, roc
    case vwapDay, vwapRolling, logReturn, donchianUpper, donchianLower
    case keltnerUpper, keltnerMiddle, keltnerLower, superTrend, superTrendDirection
    case micropriceOffset, bookSlope, volume, basis, fundingRate, minutesToFunding
    case openInterest, openInterestChange

    /// The version of this list; it grows by one when the list changes.
    @inlinable package static var schemaVersion: Int { 2 }
    /// How many there are; written down, so that it costs nothing where an event is made.
    @inlinable package static var count: Int { 44 }

    /// The feature's name in files, settings and on the wire.
    package var name: String { Self.names[rawValue] }

    private static let names = [
        "ema_fast", "ema_slow", "atr", "spread", "imbalance", "volatility", "bar_return", "trade_flow",
        "sma", "wma", "rsi", "plus_di", "minus_di", "adx", "macd", "macd_signal", "macd_histogram",
        "bollinger_upper", "bollinger_middle", "bollinger_lower", "stochastic_k", "stochastic_d", "cci",
        "mfi",
        "obv", "roc", "vwap_day", "vwap_rolling", "log_return", "donchian_upper", "donchian_lower",
        "keltner_upper", "keltner_middle", "keltner_lower", "super_trend", "super_trend_direction",
        "microprice_offset", "book_slope", "volume", "basis", "funding_rate", "minutes_to_funding",
        "open_interest", "open_interest_change",
    ]

    /// Finds a feature by its name.
    package init?(name: String) {
        guard let feature = Feature.allCases.first(where: { $0.name == name }) else { return nil }
        self = feature
    }
}

/// Which features of the schema have a value; a set that is one word.
@frozen @usableFromInline package struct FeatureMask: Hashable, Sendable {
    @usableFromInline package var bits: UInt64

    @inlinable @inline(__always) package init(bits: UInt64 = 0) { self.bits = bits }

    /// Every feature of the schema.
    @inlinable package static var all: Self { Self(bits: (1 << UInt64(Feature.count)) - 1) }

    /// How many features it has.
    @inlinable @inline(__always)
    package var count: Int { bits.nonzeroBitCount }

    @inlinable @inline(__always)
    package func contains(_ feature: Feature) -> Bool { bits & (1 &<< UInt64(feature.rawValue)) != 0 }
    @inlinable @inline(__always)
    package mutating func insert(_ feature: Feature) { bits |= 1 &<< UInt64(feature.rawValue) }

    /// How many of its features come before this one.
    @inlinable @inline(__always)
    func place(of feature: Feature) -> Int {
        (bits & ((1 &<< UInt64(feature.rawValue)) &- 1)).nonzeroBitCount
    }
}

/// One instrument's features at the end of one bar of one timeframe.
///
/// - Topic: `analytics:features`; published by the FeatureEngine, once a bar and timeframe.
/// - Shape: `figures` has the values of the features that are `known`, in the order of the schema; on the wire each
///   feature has its place, and what is not computed or not warm yet is `null`.
/// - Units: see ``Feature``; prices exact; `volume` in base asset.
@frozen @usableFromInline package struct FeatureSet: Hashable, Sendable {
    @usableFromInline package var meta: EventMeta
    @usableFromInline package let instrument: Instrument
    @usableFromInline package let schemaVersion: Int
    @usableFromInline package let barSeconds: Int
    @usableFromInline package let barEnd: UnixMilliseconds
    @usableFromInline package let open: Price
    @usableFromInline package let high: Price
    @usableFromInline package let low: Price
    @usableFromInline package let close: Price
    /// False until every feature that is computed has a value; until then nothing may be decided on it.
    @usableFromInline package let isWarm: Bool
    @usableFromInline package let known: FeatureMask
    /// Those of `known`, in the order of ``Feature``; finite numbers only.
    @usableFromInline package let figures: [Double]

    @inlinable @inline(__always) package init(
        meta: EventMeta,
        instrument: Instrument,
        schemaVersion: Int = Feature.schemaVersion,
        barSeconds: Int,
        barEnd: UnixMilliseconds,
        open: Price,
        high: Price,
        low: Price,
        close: Price,
        isWarm: Bool,
        known: FeatureMask = .all,
        figures: [Double]
    ) {
        precondition(figures.count == known.count, "one figure a known feature")
        self.meta = meta
        self.instrument = instrument
        self.schemaVersion = schemaVersion
        self.barSeconds = barSeconds
        self.barEnd = barEnd
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.isWarm = isWarm
        self.known = known
        self.figures = figures
    }

    /// The feature's value; 0 where it is not known.
    @inlinable package subscript(feature: Feature) -> Double { value(of: feature) ?? 0 }

    /// The feature's value; nil where it is not computed or not warm yet.
    @inlinable @inline(__always)
    package func value(of feature: Feature) -> Double? {
        known.contains(feature) ? figures[known.place(of: feature)] : nil
    }
}

extension FeatureSet: Codable {
    private enum CodingKeys: String, CodingKey {
        case meta, instrument, schemaVersion, barSeconds, barEnd, open, high, low, close, isWarm, values
    }

    @usableFromInline package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let figures = try container.decode([Double?].self, forKey: .values)
        guard figures.count == Feature.allCases.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .values,
                in: container,
                debugDescription: "\(figures.count) values, the schema has \(Feature.allCases.count)"
            )
        }
        var known = FeatureMask()
        for feature in Feature.allCases where figures[feature.rawValue] != nil { known.insert(feature) }
        self.init(
            meta: try container.decode(EventMeta.self, forKey: .meta),
            instrument: try container.decode(Instrument.self, forKey: .instrument),
            schemaVersion: try container.decode(Int.self, forKey: .schemaVersion),
            barSeconds: try container.decode(Int.self, forKey: .barSeconds),
            barEnd: try container.decode(UnixMilliseconds.self, forKey: .barEnd),
            open: try container.decode(Price.self, forKey: .open),
            high: try container.decode(Price.self, forKey: .high),
            low: try container.decode(Price.self, forKey: .low),
            close: try container.decode(Price.self, forKey: .close),
            isWarm: try container.decode(Bool.self, forKey: .isWarm),
            known: known,
            figures: figures.compactMap(\.self)
        )
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(meta, forKey: .meta)
        try container.encode(instrument, forKey: .instrument)
        try container.encode(schemaVersion, forKey: .schemaVersion)
        try container.encode(barSeconds, forKey: .barSeconds)
        try container.encode(barEnd, forKey: .barEnd)
        try container.encode(open, forKey: .open)
        try container.encode(high, forKey: .high)
        try container.encode(low, forKey: .low)
        try container.encode(close, forKey: .close)
        try container.encode(isWarm, forKey: .isWarm)
        try container.encode(Feature.allCases.map(value(of:)), forKey: .values)
    }
}

/// The regime an instrument is in.
///
/// - Topic: `analytics:context`; published by the MarketContextBuilder when the regime, the session or the funding
///   window changes.
package struct MarketContext: Hashable, Codable, Sendable {
    package enum Trend: String, Hashable, Codable, Sendable { case up, down, range }
    package enum Level: String, Hashable, Codable, Sendable { case low, normal, high }
    /// Which of the world's markets is awake, by UTC: Asia 00-07, Europe 07-13, America 13-22, none else.
    package enum Session: String, Hashable, Codable, Sendable { case asia, europe, america, quiet, weekend }

    package var meta: EventMeta
    package let instrument: Instrument
    package let trend: Trend
    package let volatility: Level
    package let liquidity: Level
    /// 0 to 1.
    package let confidence: Double
    package let since: UnixMilliseconds
    package let session: Session
    /// Whether a funding settlement is near.
    package let isFundingWindow: Bool

    package init(
        meta: EventMeta,
        instrument: Instrument,
        trend: Trend,
        volatility: Level,
        liquidity: Level,
        confidence: Double,
        since: UnixMilliseconds,
        session: Session = .quiet,
        isFundingWindow: Bool = false
    ) {
        self.meta = meta
        self.instrument = instrument
        self.trend = trend
        self.volatility = volatility
        self.liquidity = liquidity
        self.confidence = confidence
        self.since = since
        self.session = session
        self.isFundingWindow = isFundingWindow
    }
}

/// The market no longer behaves as in the baseline.
///
/// - Topic: `analytics:marketDriftDetected`; published by the DriftDetector.
package struct MarketDriftDetected: Hashable, Codable, Sendable {
    package enum Statistic: String, Hashable, Codable, Sendable {
        case populationStability = "psi"
        case pageHinkley = "page_hinkley"
    }
    package enum Severity: String, Hashable, Codable, Sendable { case moderate, severe }

    package var meta: EventMeta
    package let instrument: Instrument
    package let features: [String]
    package let statistic: Statistic
    package let value: Double
    package let threshold: Double
    /// In feature vectors.
    package let baselineCount: Int
    package let recentCount: Int
    package let severity: Severity

    package init(
        meta: EventMeta,
        instrument: Instrument,
        features: [String],
        statistic: Statistic,
        value: Double,
        threshold: Double,
        baselineCount: Int,
        recentCount: Int,
        severity: Severity
    ) {
        self.meta = meta
        self.instrument = instrument
        self.features = features
        self.statistic = statistic
        self.value = value
        self.threshold = threshold
        self.baselineCount = baselineCount
        self.recentCount = recentCount
        self.severity = severity
    }
}
