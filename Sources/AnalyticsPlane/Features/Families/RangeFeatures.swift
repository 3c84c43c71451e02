import Contracts
import Indicators

/// What follows from the bars' ranges: how far the price moves, and which way.
struct RangeFeatures: Hashable, Codable {
    private var atr: ATR?
    private var movement: DirectionalMovement?
    private var superTrend: SuperTrend?

    init?(_ settings: FeatureSettings) {
        let enabled = settings.features
        if enabled.contains(.atr) { atr = ATR(length: settings.atrBars) }
        if enabled.meets(FeatureMask([.plusDI, .minusDI, .adx])) {
            movement = DirectionalMovement(length: settings.adxBars)
        }
        if enabled.meets(FeatureMask([.superTrend, .superTrendDirection])) {
            superTrend = SuperTrend(length: settings.superTrendBars, width: settings.superTrendWidth)
        }
        guard atr != nil || movement != nil || superTrend != nil else { return nil }
    }

    mutating func update(_ candle: Candle, _ values: inout FeatureValues) {
        values.set(.atr, atr?.update(candle))
        if let movement = movement?.update(candle) {
            values.set(.plusDI, movement.plus)
            values.set(.minusDI, movement.minus)
            values.set(.adx, movement.index)
        }
        if let trend = superTrend?.update(candle) {
            values.set(.superTrend, trend.line)
            values.set(.superTrendDirection, trend.direction)
        }
    }
}
