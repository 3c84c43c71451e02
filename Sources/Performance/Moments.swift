/// What the values of a series are like as a whole: where they lie, how far they spread and how they lean.
///
/// - Shape: `skew` and `kurtosis` are the population's, and kurtosis is not in excess: a normal one has 3.
package struct Moments: Hashable, Sendable {
    package let count: Int
    /// Nil where there is no value.
    package let mean: Double?
    /// The standard deviation with n − 1; nil with fewer than two values.
    package let deviation: Double?
    /// Nil where the values do not differ; ``kurtosis`` likewise.
    package let skew: Double?
    package let kurtosis: Double?

    package init(_ values: [Double]) {
        count = values.count
        let number = Double(values.count)
        guard !values.isEmpty else {
            (mean, deviation, skew, kurtosis) = (nil, nil, nil, nil)
            return
        }
        let mean = CompensatedSum(values).value / number
        var (second, third, fourth) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for value in values {
            let distance = value - mean
            let square = distance * distance
            second.add(square)
            third.add(square * distance)
            fourth.add(square * square)
        }
        let variance = second.value / number
        self.mean = mean.ifFinite
        deviation = values.count > 1 ? (second.value / (number - 1)).squareRoot().ifFinite : nil
        skew = (third.value / number / (variance * variance.squareRoot())).ifFinite
        kurtosis = (fourth.value / number / (variance * variance)).ifFinite
    }
}
