import Contracts

/// One instrument in the books: what it is worth, its coin, and where its positions stand.
struct InstrumentLine {
    var marks = MarkSources()
    /// The coin its specification names; nil before one is known.
    var settleCoin: String?
    /// The coin that is worth what this instrument's mark says.
    var valuedCoin: Int?
    /// How many of its positions are not flat.
    var heldCount = 0
    /// Until when no mark of it is told, whatever it says; the least value where that is not known.
    var quietUntil: UnixMilliseconds = .min
    /// Whether anything in the books is worth what its mark says.
    var isMarked: Bool { heldCount > 0 || valuedCoin != nil }
    /// The places of its positions in the portfolio; nil before the first fill.
    var places = PerPosition<Int?>(repeating: nil)
}
