import Contracts
import Indicators

/// All that one timeframe computes from its bars, in families; one that is not enabled costs one look.
struct BarIndicators: Hashable, Codable {
    private var emaFast: EMA?
    private var emaSlow: EMA?
    private var returns: ReturnFeatures?
    private var averages: AverageFeatures?
    private var oscillators: OscillatorFeatures?
    private var ranges: RangeFeatures?
    private var channels: ChannelFeatures?
    private var volumes: VolumeFeatures?
    /// Whether any but the two averages is enabled.
    private let hasMore: Bool

    init(_ settings: FeatureSettings) {
        let enabled = settings.features
        let seed: EMA.Seed = settings.emaSeed == .mean ? .mean : .firstValue
        emaFast = enabled.contains(.emaFast) ? EMA(length: settings.emaFastBars, seed: seed) : nil
        emaSlow = enabled.contains(.emaSlow) ? EMA(length: settings.emaSlowBars, seed: seed) : nil
        returns = ReturnFeatures(settings)
        averages = AverageFeatures(settings)
        oscillators = OscillatorFeatures(settings)
        ranges = RangeFeatures(settings)
        channels = ChannelFeatures(settings)
        volumes = VolumeFeatures(settings)
        hasMore =
            returns != nil || averages != nil || oscillators != nil || ranges != nil || channels != nil
            || volumes != nil
    }

    /// Takes a bar in and writes down what is known at its close.
    @inline(__always)
    mutating func update(_ bar: borrowing Bar, _ values: inout FeatureValues) {
        let close = bar.close.approximate
        if let fast = emaFast?.update(close) { values.set(.emaFast, fast) }
        if let slow = emaSlow?.update(close) { values.set(.emaSlow, slow) }
        if hasMore { updateMore(bar.candle, &values) }
    }

    private mutating func updateMore(_ candle: Candle, _ values: inout FeatureValues) {
        returns?.update(candle, &values)
        averages?.update(candle, &values)
        oscillators?.update(candle, &values)
        ranges?.update(candle, &values)
        channels?.update(candle, &values)
        volumes?.update(candle, &values)
    }
}
