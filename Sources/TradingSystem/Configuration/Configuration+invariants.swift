import RiskPlane
import StoragePlane

extension Configuration {
    /// What a journal of a daemon with this configuration is held against.
    package var invariantLimits: InvariantLimits {
        var limits = InvariantLimits()
        limits.ordersPerSecondMax = risk.orderRatePerSecondMax
        limits.ordersPerMinuteMax = risk.orderRatePerMinuteMax
        limits.ordersPerDayMax = risk.orderRatePerDayMax
        return limits
    }
}
