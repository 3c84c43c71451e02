import Contracts
import Indicators

/// Averages of closes, beside the two exponential ones.
struct AverageFeatures: Hashable, Codable {
    private var sma: SMA?
    private var wma: WMA?
    private var macd: MACD?

    init?(_ settings: FeatureSettings) {
        let enabled = settings.features
        if enabled.contains(.sma) { sma = SMA(length: settings.smaBars) }
        if enabled.contains(.wma) { wma = WMA(length: settings.wmaBars) }
        if enabled.meets(FeatureMask([.macd, .macdSignal, .macdHistogram])) {
            macd = MACD(
                fast: settings.macdFastBars,
                slow: settings.macdSlowBars,
                signal: settings.macdSignalBars
            )
        }
        guard sma != nil || wma != nil || macd != nil else { return nil }
    }

    mutating func update(_ candle: Candle, _ values: inout FeatureValues) {
        values.set(.sma, sma?.update(candle.close))
        values.set(.wma, wma?.update(candle.close))
        guard let macd = macd?.update(candle.close) else { return }
        values.set(.macd, macd.line)
        values.set(.macdSignal, macd.signal)
        values.set(.macdHistogram, macd.histogram)
    }
}
