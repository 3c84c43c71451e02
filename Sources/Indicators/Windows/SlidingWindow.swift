/// What the newest `length` values come to, kept up without ever taking a value away again.
///
/// Values are taken in blocks of `length`. Of the block before, what is kept is what each of its tails comes to; of
/// the block that grows, what it comes to as a whole. A window is a tail of the one and the whole of the other. So
/// rounding never piles up, and a value that has left the window has left no trace, however large it was.
///
/// - Shape: one joining a value, and one more on average when a block ends.
/// - Source: van Herk's and Gil and Werman's filter, over any ``Aggregate``.
struct SlidingWindow<Content: Aggregate>: Hashable, Codable, Sendable {
    private let length: Int
    /// The growing block's values, then the tails of the block before that are still in the window.
    private var slots: ContiguousArray<Content> = []
    /// How many values the growing block has.
    private var grown = 0
    /// What the growing block comes to; nil where it has no value.
    private var head: Content?

    init(length: Int) {
        precondition(length > 0, "a window has a length")
        self.length = length
        slots.reserveCapacity(length)
    }

    /// Takes a value in; gives what the window comes to once it is full.
    mutating func add(_ value: Double) -> Content? {
        let newest = Content(value)
        let whole = head.map { $0.followed(by: newest) } ?? newest
        if slots.count < length {
            slots.append(newest)
            grown += 1
        } else {
            slots[grown] = newest
            grown += 1
        }
        if grown == length {
            endBlock()
            return whole
        }
        head = whole
        return slots.count == length ? slots[grown].followed(by: whole) : nil
    }

    /// Turns the values of the block that is complete into what its tails come to.
    private mutating func endBlock() {
        var index = length - 1
        while index > 0 {
            slots[index - 1] = slots[index - 1].followed(by: slots[index])
            index -= 1
        }
        (grown, head) = (0, nil)
    }
}
