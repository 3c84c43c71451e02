import Glibc

/// How far the spread of a sample has moved from a reference: the population stability index.
///
/// - Shape: bins between the reference's quantiles (linear interpolation) at 0, 1/n … 1; the sample is clipped to
///   the outer edges; a bin holds its lower edge and not its upper one, but the last holds both.
/// - Units: none; 0 says alike, by custom 0.1 says moved and 0.25 says moved far.
package struct PopulationStability: Hashable, Sendable {
    /// A share below this counts as this, so that an empty bin does not end in infinity.
    package static let shareMin = 1e-6

    package let edges: [Double]
    package let referenceShares: [Double]

    /// Cuts `reference`, which must not be empty, into `binCount` bins.
    package init(reference: [Double], binCount: Int) {
        precondition(!reference.isEmpty && binCount > 0, "bins need a reference")
        let sorted = reference.sorted()
        edges = (0...binCount).map { Self.quantile(Double($0) / Double(binCount), of: sorted) }
        referenceShares = Self.shares(of: reference, edges: edges)
    }

    /// The share of `sample` in each bin, as counted.
    package func shares(of sample: [Double]) -> [Double] { Self.shares(of: sample, edges: edges) }

    /// The index of `sample` against the reference.
    package func index(of sample: [Double]) -> Double {
        zip(referenceShares, shares(of: sample)).reduce(0) { sum, pair in
            let (reference, current) = (max(pair.0, Self.shareMin), max(pair.1, Self.shareMin))
            return sum + (current - reference) * log(current / reference)
        }
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = min(Int(place), sorted.count - 1)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }

    private static func shares(of sample: [Double], edges: [Double]) -> [Double] {
        let binCount = edges.count - 1
        guard !sample.isEmpty else { return [Double](repeating: 0, count: binCount) }
        var counts = [Int](repeating: 0, count: binCount)
        for value in sample { counts[bin(of: value, edges: edges)] += 1 }
        return counts.map { Double($0) / Double(sample.count) }
    }

    /// The last bin whose lower edge is not above `value`; the outer bins take what is beyond them.
    private static func bin(of value: Double, edges: [Double]) -> Int {
        var (low, high) = (0, edges.count - 2)
        while low < high {
            let middle = (low + high + 1) / 2
            if edges[middle] <= value { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
