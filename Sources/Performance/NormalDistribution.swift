import Glibc

/// The standard normal distribution.
package enum NormalDistribution {
    /// The chance of a value up to `value`.
    package static func cumulative(_ value: Double) -> Double { erfc(-value * 0.5.squareRoot()) / 2 }

    /// The value that a value stays under with this chance; infinite at 0 and 1, no number outside of them.
    ///
    /// - Source: Wichura, algorithm AS 241 (PPND16), Applied Statistics 37, 1988: 16 digits.
    package static func quantile(_ chance: Double) -> Double {
        let centred = chance - 0.5
        if abs(centred) <= 0.425 {
            let square = 0.180_625 - centred * centred
            return centred * ratio(centralAbove, centralBelow, at: square)
        }
        guard chance > 0, chance < 1 else {
            return chance == 0 ? -.infinity : chance == 1 ? .infinity : .nan
        }
        let tail = (-log(centred < 0 ? chance : 1 - chance)).squareRoot()
        let distance =
            tail <= 5
            ? ratio(middleAbove, middleBelow, at: tail - 1.6) : ratio(farAbove, farBelow, at: tail - 5)
        return centred < 0 ? -distance : distance
    }

    private static func ratio(_ above: [Double], _ below: [Double], at point: Double) -> Double {
        polynomial(above, at: point) / polynomial(below, at: point)
    }

    /// Horner's scheme, the highest power's coefficient first.
    private static func polynomial(_ coefficients: [Double], at point: Double) -> Double {
        coefficients.reduce(0) { $0 * point + $1 }
    }

    private static let centralAbove = [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ]
    private static let centralBelow = [
        5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
    ]
    private static let middleAbove = [
        7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
        3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ]
    private static let middleBelow = [
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
        0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
    ]
    private static let farAbove = [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
        0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
        6.6579046435011037772,
    ]
    private static let farBelow = [
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
        7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
    ]
}
