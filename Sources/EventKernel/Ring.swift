/// A first-in first-out queue that grows by doubling and allocates nothing in steady state.
///
/// Its oldest element can be used where it lies while others are pushed: an event is large, and a copy of it costs more
/// than its delivery.
@safe struct Ring<Element: ~Copyable>: ~Copyable {
    @safe private var slots: UnsafeMutablePointer<Element>
    /// One less than the number of slots.
    private var mask: Int
    private var head = 0
    /// How many it holds, one that is lent among them.
    private(set) var count = 0
    /// Whether the oldest element is lent, and lies in `slots`.
    private var isLent = false
    /// The slots of before, where the ring has grown while an element in them was lent.
    @safe private var outgrown: UnsafeMutablePointer<Element>?

    /// Makes an empty ring; `capacity` is a power of two.
    init(capacity: Int = 16) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0, "a ring's capacity is a power of two")
        slots = .allocate(capacity: capacity)
        mask = capacity - 1
        outgrown = nil
    }

    deinit {
        for index in 0..<count { unsafe (slots + ((head &+ index) & mask)).deinitialize(count: 1) }
        unsafe slots.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    /// Adds an element at the end.
    @inline(__always)
    mutating func push(_ element: consuming Element) {
        if count > mask { grow() }
        unsafe (slots + ((head &+ count) & mask)).initialize(to: element)
        count &+= 1
    }

    /// Removes the oldest element; there must be one.
    @inline(__always)
    mutating func removeFirst() -> Element {
        precondition(count > 0 && !isLent, "the first element is not there to be removed")
        let place = head
        head = (head &+ 1) & mask
        count &-= 1
        return unsafe (slots + place).move()
    }

    /// Lends the oldest element where it lies, until `endLending` removes it; there must be one.
    @inline(__always)
    mutating func lendFirst() -> UnsafeMutablePointer<Element> {
        precondition(count > 0 && !isLent, "the first element is not there to be lent")
        isLent = true
        return unsafe slots + head
    }

    /// Removes the element that is lent.
    @inline(__always)
    mutating func endLending(_ element: UnsafeMutablePointer<Element>) {
        unsafe element.deinitialize(count: 1)
        guard isLent else { return forgetOutgrown() }
        isLent = false
        head = (head &+ 1) & mask
        count &-= 1
    }

    /// Moves all to twice the slots, but for an element that is lent.
    @inline(never)
    private mutating func grow() {
        let wider = UnsafeMutablePointer<Element>.allocate(capacity: 2 * (mask + 1))
        let first = isLent ? 1 : 0
        for index in first..<count {
            let old = unsafe slots + ((head + index) & mask)
            unsafe (wider + (index - first)).moveInitialize(from: old, count: 1)
        }
        if isLent { outgrown = slots } else { unsafe slots.deallocate() }
        unsafe slots = wider
        mask = 2 * mask + 1
        head = 0
        count -= first
        isLent = false
    }

    @inline(never)
    private mutating func forgetOutgrown() {
        unsafe outgrown?.deallocate()
        outgrown = nil
    }
}
