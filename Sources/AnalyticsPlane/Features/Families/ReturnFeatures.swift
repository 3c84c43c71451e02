import Contracts
import Indicators

/// What the change from close to close gives.
struct ReturnFeatures: Hashable, Codable {
    private static let features = FeatureMask([.barReturn, .logReturn, .volatility])

    private var logReturn: LogReturn?
    private var volatility: RealisedVolatility?
    private var previousClose: Double?

    init?(_ settings: FeatureSettings) {
        let enabled = settings.features
        guard enabled.meets(Self.features) else { return nil }
        if enabled.contains(.volatility) { volatility = RealisedVolatility(length: settings.volatilityBars) }
        if enabled.contains(.logReturn) || volatility != nil { logReturn = LogReturn() }
    }

    mutating func update(_ candle: Candle, _ values: inout FeatureValues) {
        if let previousClose { values.set(.barReturn, candle.close / previousClose - 1) }
        previousClose = candle.close
        guard let move = logReturn?.update(candle.close) else { return }
        values.set(.logReturn, move)
        if let volatility = volatility?.update(logReturn: move) { values.set(.volatility, volatility) }
    }
}
