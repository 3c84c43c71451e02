import Synchronization

/// How often all connections of a process together may be tried; exchanges shut out whoever tries too often.
///
/// Each try takes a slot ahead of time, so that many connections lost at once come back one after another.
///
/// - Units: milliseconds of one clock that does not go back, the same for all who ask.
package final class ConnectBudget: Sendable {
    package let connectCountMax: Int
    package let windowMilliseconds: Int64
    /// The times of the tries, past and to come, in order; never more than the window can matter for.
    private let slots = Mutex<[Int64]>([])

    /// Allows `connectCountMax` tries in each `windowMilliseconds`.
    package init(connectCountMax: Int = 20, windowMilliseconds: Int64 = 300_000) {
        precondition(
            connectCountMax > 0 && windowMilliseconds > 0,
            "a budget of nothing allows no connection"
        )
        self.connectCountMax = connectCountMax
        self.windowMilliseconds = windowMilliseconds
    }

    /// Takes the first slot that is free at `earliest` or later, and gives its time.
    package func reserve(notBefore earliest: Int64, now: Int64) -> Int64 {
        slots.withLock { slots in
            slots.removeAll { $0 <= now - windowMilliseconds }
            var slot = earliest
            if slots.count >= connectCountMax {
                slot = max(slot, slots[slots.count - connectCountMax] + windowMilliseconds)
            }
            let place = slots.firstIndex { $0 > slot } ?? slots.endIndex
            slots.insert(slot, at: place)
            return slot
        }
    }

    /// Gives a slot back whose try was called off.
    package func release(_ slot: Int64) {
        slots.withLock { slots in
            if let index = slots.lastIndex(of: slot) { slots.remove(at: index) }
        }
    }
}
