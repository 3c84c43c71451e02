import Contracts

/// A position from its first fill to its last.
///
/// - Units: prices are means over the fills; gross, fees, funding and slippage as in ``ProfitParts``.
package struct RoundTrip: Codable, Hashable, Sendable {
    package let strategy: String
    package let instrument: Instrument
    /// Of the entry: `buy` for a long position.
    package let side: Side
    package let entryTime: UnixMilliseconds
    package let entryPrice: Price
    package let exitTime: UnixMilliseconds
    package let exitPrice: Price
    /// The most that was held, above zero.
    package let quantity: Quantity
    package let profit: ProfitParts
    package let barsHeld: Int
    /// The best and the worst that the open position stood at, as fractions of the entry price; nil where not kept.
    package let excursion: Excursion?
    /// Why it ended, in a few words.
    package let exitReason: String

    /// How far the price went in the position's favour and against it.
    package struct Excursion: Codable, Hashable, Sendable {
        package let favourable: Double
        /// Zero or below.
        package let adverse: Double

        package init(favourable: Double, adverse: Double) {
            self.favourable = favourable
            self.adverse = adverse
        }
    }

    package init(
        strategy: String,
        instrument: Instrument,
        side: Side,
        entryTime: UnixMilliseconds,
        entryPrice: Price,
        exitTime: UnixMilliseconds,
        exitPrice: Price,
        quantity: Quantity,
        profit: ProfitParts,
        barsHeld: Int,
        excursion: Excursion? = nil,
        exitReason: String
    ) {
        self.strategy = strategy
        self.instrument = instrument
        self.side = side
        self.entryTime = entryTime
        self.entryPrice = entryPrice
        self.exitTime = exitTime
        self.exitPrice = exitPrice
        self.quantity = quantity
        self.profit = profit
        self.barsHeld = barsHeld
        self.excursion = excursion
        self.exitReason = exitReason
    }
}
