import Contracts
import Glibc

/// What the outcome engine labels with.
package struct OutcomeSettings: Hashable, Sendable {
    /// How far the barriers are from the entry, upper and lower.
    package enum Width: Hashable, Sendable {
        /// Multiples of the vector's ATR.
        case atr(upper: Double, lower: Double)
        /// Fractions of the entry.
        case fraction(upper: Double, lower: Double)
        /// Multiples of the vector's volatility, in log returns.
        case volatility(upper: Double, lower: Double)

        /// The barriers round `entry`; nil where the vector gives them no width.
        func barriers(
            round entry: Double,
            of vector: FeatureVectorRecorded
        ) -> (upper: Double, lower: Double)? {
            let (upper, lower): (Double, Double)
            switch self {
            case .atr(let up, let down):
                let atr = vector.values[Feature.atr.rawValue]
                (upper, lower) = (entry + up * atr, entry - down * atr)
            case .fraction(let up, let down):
                (upper, lower) = (entry * (1 + up), entry * (1 - down))
            case .volatility(let up, let down):
                let volatility = vector.values[Feature.volatility.rawValue]
                (upper, lower) = (entry * exp(up * volatility), entry * exp(-down * volatility))
            }
            guard upper.isFinite, lower.isFinite, lower < entry, upper > entry else { return nil }
            return (upper, lower)
        }
    }

    package var horizonBars = 24
    package var width = Width.atr(upper: 2, lower: 2)
    package var basis = TripleBarrier.Basis.highLow
    /// Up to so many bars may be missing; beyond, what waits is given up.
    package var gapLimitBars = 3

    package init() {}
}

/// What followed one feature vector.
package struct Outcome: Hashable, Sendable {
    package let instrument: Instrument
    package let barSeconds: Int
    package let barEnd: UnixMilliseconds
    package let horizonBars: Int
    package let exit: TripleBarrier.Exit
    /// At the horizon, whatever the barriers said.
    package let forwardReturn: Double
    /// The best and the worst of the whole horizon, as fractions of the entry, never below zero.
    package let maximumFavourable: Double
    package let maximumAdverse: Double

    func event(_ meta: EventMeta) -> OutcomeRecorded {
        let barrier: OutcomeRecorded.Barrier =
            switch exit.side {
            case .upper: .upper
            case .lower: .lower
            case .time: .time
            }
        return OutcomeRecorded(
            meta: meta,
            instrument: instrument,
            barSeconds: barSeconds,
            barEnd: barEnd,
            label: exit.side.rawValue,
            barrier: barrier,
            horizonBars: horizonBars,
            forwardReturn: forwardReturn,
            maximumFavourable: maximumFavourable,
            maximumAdverse: maximumAdverse
        )
    }
}
