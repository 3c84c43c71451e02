/// All choices of `size` of the numbers 0 ..< `count`, each ascending, in lexicographic order.
struct Combinations: Sequence, IteratorProtocol {
    private let count: Int
    private var current: [Int]
    private var isDone: Bool

    init(of count: Int, size: Int) {
        self.count = count
        current = Array(0..<size)
        isDone = size > count
    }

    mutating func next() -> [Int]? {
        guard !isDone else { return nil }
        defer { advance() }
        return current
    }

    /// Raises the last place that can be raised, and sets those after it as low as they go.
    private mutating func advance() {
        let slack = count - current.count
        guard let place = current.indices.last(where: { current[$0] < $0 + slack }) else {
            isDone = true
            return
        }
        let raised = current[place] + 1
        for index in place..<current.count { current[index] = raised + index - place }
    }
}
