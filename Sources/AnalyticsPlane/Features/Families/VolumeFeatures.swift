import Contracts
import Indicators

/// What weighs prices by what was traded.
struct VolumeFeatures: Hashable, Codable {
    private static let features = FeatureMask([.volume, .mfi, .obv, .vwapDay, .vwapRolling])

    private var mfi: MFI?
    private var obv: OBV?
    private var vwapDay: DailyVWAP?
    private var vwapRolling: RollingVWAP?

    init?(_ settings: FeatureSettings) {
        let enabled = settings.features
        guard enabled.meets(Self.features) else { return nil }
        if enabled.contains(.mfi) { mfi = MFI(length: settings.mfiBars) }
        if enabled.contains(.obv) { obv = OBV() }
        if enabled.contains(.vwapDay) { vwapDay = DailyVWAP() }
        if enabled.contains(.vwapRolling) { vwapRolling = RollingVWAP(length: settings.vwapBars) }
    }

    mutating func update(_ candle: Candle, _ values: inout FeatureValues) {
        values.set(.volume, candle.volume)
        values.set(.mfi, mfi?.update(candle))
        values.set(.obv, obv?.update(candle))
        values.set(.vwapDay, vwapDay?.update(candle))
        values.set(.vwapRolling, vwapRolling?.update(candle))
    }
}
