/// A value that stays a while before it may be another one.
struct Dwelling<Value: Hashable & Codable>: Hashable, Codable {
    private(set) var value: Value
    /// How many bars it has lasted.
    private var barCount = 0

    init(_ value: Value) { self.value = value }

    /// Lets a bar pass; says whether the value is another one now.
    mutating func move(to next: Value, dwellBars: Int) -> Bool {
        barCount += 1
        guard next != value, barCount >= dwellBars else { return false }
        (value, barCount) = (next, 0)
        return true
    }
}
