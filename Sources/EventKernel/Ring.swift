/// A first-in first-out queue that grows by doubling and allocates nothing in steady state.
package struct Ring<Element> {
    var slots: ContiguousArray<Element?>
    var head = 0
    package private(set) var count = 0

    /// Makes an empty ring; `capacity` is a power of two.
    package init(capacity: Int = 16) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0, "a ring's capacity is a power of two")
        slots = ContiguousArray(repeating: nil, count: capacity)
    }

    package var isEmpty: Bool { count == 0 }

    package mutating func push(_ element: consuming Element) {
        if count == slots.count { grow() }
        slots[(head &+ count) & (slots.count &- 1)] = consume element
        count &+= 1
    }

    package mutating func pop() -> Element? {
        if count == 0 { return nil }
        let element = slots[head].take()
        head = (head &+ 1) & (slots.count &- 1)
        count &-= 1
        return element
    }

    mutating func grow() {
        var wider = ContiguousArray<Element?>(repeating: nil, count: slots.count * 2)
        for index in 0..<count { wider[index] = slots[(head + index) & (slots.count - 1)] }
        slots = wider
        head = 0
    }
}
