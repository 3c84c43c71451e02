/// What one entry came to: which of three barriers was reached first.
///
/// - Shape: bars after the entry, one at a time. On highs and lows the lower barrier is looked at first, so that a bar
///   that spans both is a loss, and the exit is the barrier itself; on closes the exit is that close.
/// - Source: López de Prado, "Advances in Financial Machine Learning", 2018, chapter 3.
package struct TripleBarrier: Hashable, Sendable {
    /// What touches a barrier.
    package enum Basis: String, Hashable, Sendable { case highLow, close }
    package enum Side: Int, Hashable, Sendable {
        case lower = -1
        case time = 0
        case upper = 1
    }

    package struct Exit: Hashable, Sendable {
        package let side: Side
        package let price: Double
        /// Bars after the entry.
        package let bars: Int

        package init(side: Side, price: Double, bars: Int) {
            self.side = side
            self.price = price
            self.bars = bars
        }
    }

    package let upper: Double
    package let lower: Double
    package let horizonBars: Int
    package let basis: Basis
    package private(set) var exit: Exit?

    package init(upper: Double, lower: Double, horizonBars: Int, basis: Basis) {
        precondition(lower < upper && horizonBars > 0, "barriers have room and time between them")
        self.upper = upper
        self.lower = lower
        self.horizonBars = horizonBars
        self.basis = basis
    }

    /// Takes the bar that ends `bars` after the entry; the first exit stands.
    package mutating func take(high: Double, low: Double, close: Double, bars: Int) {
        guard exit == nil else { return }
        switch basis {
        case .highLow where low <= lower: exit = Exit(side: .lower, price: lower, bars: bars)
        case .highLow where high >= upper: exit = Exit(side: .upper, price: upper, bars: bars)
        case .close where close >= upper: exit = Exit(side: .upper, price: close, bars: bars)
        case .close where close <= lower: exit = Exit(side: .lower, price: close, bars: bars)
        default:
            if bars >= horizonBars { exit = Exit(side: .time, price: close, bars: bars) }
        }
    }
}
