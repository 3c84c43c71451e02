/// What the worst twentieth of the periods cost, as history had it.
///
/// - Units: losses are positive.
package struct TailRisk: Hashable, Sendable {
    /// The loss that one period in twenty exceeded; nil without a period.
    package let var95: Double?
    /// The mean loss of the periods that lost at least that.
    package let cvar95: Double?

    package init(_ returns: [Double]) {
        guard let bound = Self.quantile(returns, 0.05) else {
            (var95, cvar95) = (nil, nil)
            return
        }
        var (sum, count) = (CompensatedSum(), 0)
        for value in returns where value <= bound {
            sum.add(value)
            count += 1
        }
        var95 = (-bound).ifFinite
        cvar95 = (-sum.value / Double(count)).ifFinite
    }

    /// The value that this share of the values lies under, linear between neighbours; nil without a value.
    package static func quantile(_ values: [Double], _ share: Double) -> Double? {
        let sorted = values.sorted()
        guard let last = sorted.last else { return nil }
        let place = Double(sorted.count - 1) * share
        let lower = Int(place)
        guard lower + 1 < sorted.count else { return last }
        return sorted[lower] + (sorted[lower + 1] - sorted[lower]) * (place - Double(lower))
    }
}
