/// Equal bins at round numbers; zero is always an edge, so that no bin holds gains and losses.
struct Bins {
    /// At most so many where gains and losses are spread evenly.
    static let countMax = 30

    let step: Double
    /// The number of the first bin, the one that begins at zero being number 0.
    let first: Int
    private let count: Int

    init(_ values: ClosedRange<Double>) {
        let span = max(values.upperBound - values.lowerBound, max(abs(values.upperBound), 1) * 1e-6)
        step = RoundNumber.step(span / Double(Self.countMax - 2))
        first = Int((values.lowerBound / step).rounded(.down))
        count = Int((values.upperBound / step).rounded(.down)) - first + 1
    }

    func edge(_ index: Int) -> Double { Double(first + index) * step }

    func counts(_ values: [Double]) -> [Int] {
        var counts = [Int](repeating: 0, count: count)
        for value in values {
            let index = Int((value / step).rounded(.down)) - first
            counts[min(max(index, 0), count - 1)] += 1
        }
        return counts
    }
}
