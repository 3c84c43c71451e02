/// Puts the times on messages; can stand still while the market goes on, as a stale feed's clock does.
final class StampClock {
    /// Where the stamps stand still; nil while they are true.
    var heldAtMs: Int64?

    func stamp(_ timeMs: Int64) -> Int64 {
        heldAtMs.map { min($0, timeMs) } ?? timeMs
    }
}
