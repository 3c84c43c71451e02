import Contracts
import Indicators

/// Lines above and below the price.
struct ChannelFeatures: Hashable, Codable {
    private var bollinger: BollingerBands?
    private var donchian: DonchianChannel?
    private var keltner: KeltnerChannel?

    init?(_ settings: FeatureSettings) {
        let enabled = settings.features
        if enabled.meets(FeatureMask([.bollingerUpper, .bollingerMiddle, .bollingerLower])) {
            bollinger = BollingerBands(length: settings.bollingerBars, width: settings.bollingerWidth)
        }
        if enabled.meets(FeatureMask([.donchianUpper, .donchianLower])) {
            donchian = DonchianChannel(length: settings.donchianBars)
        }
        if enabled.meets(FeatureMask([.keltnerUpper, .keltnerMiddle, .keltnerLower])) {
            keltner = KeltnerChannel(
                length: settings.keltnerBars,
                rangeLength: settings.keltnerATRBars,
                width: settings.keltnerWidth
            )
        }
        guard bollinger != nil || donchian != nil || keltner != nil else { return nil }
    }

    mutating func update(_ candle: Candle, _ values: inout FeatureValues) {
        if let channel = bollinger?.update(candle.close) {
            values.set(.bollingerUpper, channel.upper)
            values.set(.bollingerMiddle, channel.middle)
            values.set(.bollingerLower, channel.lower)
        }
        if let channel = donchian?.update(candle) {
            values.set(.donchianUpper, channel.upper)
            values.set(.donchianLower, channel.lower)
        }
        if let channel = keltner?.update(candle) {
            values.set(.keltnerUpper, channel.upper)
            values.set(.keltnerLower, channel.lower)
        }
        values.set(.keltnerMiddle, keltner?.middle)
    }
}
