import Contracts

/// What stands before a resting order at its price, by a rule that never favours the order.
///
/// It joins behind all that is there. Trades take from the front. A level that shrinks to less than what is ahead
/// lowers it, so cancellations are taken to be behind for as long as they can be. What a shrinking level has taken
/// off is not taken off again by trades that are no newer than the message that told of it: they are its cause.
struct PaperQueue: Hashable, Codable {
    /// Nil where the level has not been seen.
    private(set) var ahead: Quantity?
    private var shrunk = Quantity.zero
    private var shrunkAt: UnixMilliseconds = 0

    /// The level is told to have `size` at exchange time `time`.
    mutating func see(_ size: Quantity, at time: UnixMilliseconds) throws(NumberError) {
        guard let before = ahead else {
            ahead = size
            return
        }
        guard size < before else { return }
        shrunk = try shrunk.adding(before.subtracting(size))
        shrunkAt = time
        ahead = size
    }

    /// Takes off a trade at the price; gives what of it gets past the queue.
    mutating func take(_ quantity: Quantity, at time: UnixMilliseconds) throws(NumberError) -> Quantity {
        guard let before = ahead else { return .zero }
        if time > shrunkAt { shrunk = .zero }
        let known = min(shrunk, quantity)
        let rest = try quantity.subtracting(known)
        let taken = min(before, rest)
        shrunk = try shrunk.subtracting(known)
        ahead = try before.subtracting(taken)
        return try rest.subtracting(taken)
    }
}
