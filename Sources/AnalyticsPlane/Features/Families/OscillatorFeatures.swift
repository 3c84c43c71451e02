import Contracts
import Indicators

/// What swings between bounds, or about zero.
struct OscillatorFeatures: Hashable, Codable {
    private var rsi: RSI?
    private var stochastic: Stochastic?
    private var cci: CCI?
    private var roc: RateOfChange?

    init?(_ settings: FeatureSettings) {
        let enabled = settings.features
        if enabled.contains(.rsi) { rsi = RSI(length: settings.rsiBars) }
        if enabled.meets(FeatureMask([.stochasticK, .stochasticD])) {
            stochastic = Stochastic(
                length: settings.stochasticBars,
                slowing: settings.stochasticSlowingBars,
                signal: settings.stochasticSignalBars
            )
        }
        if enabled.contains(.cci) { cci = CCI(length: settings.cciBars) }
        if enabled.contains(.roc) { roc = RateOfChange(length: settings.rocBars) }
        guard rsi != nil || stochastic != nil || cci != nil || roc != nil else { return nil }
    }

    mutating func update(_ candle: Candle, _ values: inout FeatureValues) {
        values.set(.rsi, rsi?.update(candle.close))
        values.set(.cci, cci?.update(candle))
        values.set(.roc, roc?.update(candle.close))
        guard let stochastic = stochastic?.update(candle) else { return }
        values.set(.stochasticK, stochastic.slowK)
        values.set(.stochasticD, stochastic.slowD)
    }
}
