/// An exponential moving average: `length` values weigh 86 % of it.
///
/// - Source: factor 2/(n+1); defined from the n-th value on. Seeded by their mean it is TA-Lib's.
package struct EMA: Indicator {
    /// What the average starts from.
    package enum Seed: String, Hashable, Codable, Sendable, CaseIterable {
        /// The plain mean of the first `length` values.
        case mean
        /// The first value: every later one counts as usual.
        case firstValue
    }

    @usableFromInline let length: Int
    @usableFromInline let factor: Double
    @usableFromInline let seed: Seed
    @usableFromInline var count = 0
    /// While it is being seeded by a mean, the sum of the values.
    @usableFromInline var average = 0.0

    package init(length: Int, seed: Seed = .mean) {
        precondition(length > 0, "an average has a length")
        self.length = length
        self.factor = 2 / Double(length + 1)
        self.seed = seed
    }

    @inlinable package var value: Double? { count >= length ? average : nil }

    @inlinable
    @discardableResult
    package mutating func update(_ newest: Double) -> Double? {
        guard count >= length else { return start(with: newest) }
        average += factor * (newest - average)
        return average
    }

    @usableFromInline
    mutating func start(with newest: Double) -> Double? {
        count += 1
        switch seed {
        case .mean:
            average += newest
            if count == length { average /= Double(length) }
        case .firstValue:
            average = count == 1 ? newest : average + factor * (newest - average)
        }
        return value
    }
}
