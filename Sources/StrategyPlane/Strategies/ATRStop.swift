import Contracts

/// A level some average true ranges away from an entry.
enum ATRStop {
    /// The level on the losing side of `side`; nil where there is none that a price can reach.
    static func level(_ side: Side, from close: Double, multiple: Double, atr: Double) -> Double? {
        guard multiple > 0, atr > 0 else { return nil }
        let level = side == .buy ? close - multiple * atr : close + multiple * atr
        return level > 0 ? level : nil
    }

    /// Whether `bar` has reached the stop of a position on the side of `stance`.
    static func isReached(_ stop: Double?, of stance: Stance, by bar: FeatureSet) -> Bool {
        guard let stop else { return false }
        switch stance {
        case .long: return bar.low.approximate <= stop
        case .short: return bar.high.approximate >= stop
        case .flat: return false
        }
    }
}
