/// Mean and squared distances of one block of returns: what a Sharpe ratio over several blocks is made of.
///
/// Equal blocks give equal ratios, to the last bit, whatever stands around them: ties stay ties.
struct BlockMoments {
    let mean: Double
    private let squares: Double

    init(_ values: ArraySlice<Double>) {
        let mean = CompensatedSum(values).value / Double(values.count)
        var squares = CompensatedSum()
        for value in values { squares.add((value - mean) * (value - mean)) }
        self.mean = mean
        self.squares = squares.value
    }

    /// Mean over standard deviation (n − 1) of these blocks, each of `length` values, together; 0 where both are 0.
    ///
    /// - Source: Chan, Golub, LeVeque, "Updating Formulae and a Pairwise Algorithm", 1979.
    static func sharpe(_ blocks: some Collection<BlockMoments>, length: Int) -> Double {
        let mean = CompensatedSum(blocks.lazy.map(\.mean)).value / Double(blocks.count)
        var squares = CompensatedSum()
        for block in blocks {
            let distance = block.mean - mean
            squares.add(block.squares)
            squares.add(Double(length) * distance * distance)
        }
        let deviation = (squares.value / Double(blocks.count * length - 1)).squareRoot()
        return mean == 0 && deviation == 0 ? 0 : mean / deviation
    }
}
