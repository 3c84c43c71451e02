import Contracts

/// The side a strategy has taken.
enum Stance: String, Hashable, Codable, Sendable {
    case flat, long, short

    /// The side of what is held.
    init(held: Quantity) { self = held.isZero ? .flat : held.isNegative ? .short : .long }

    init(_ side: Side) { self = side == .buy ? .long : .short }
}
