/// The realised volatility of the newest returns: the root of the sum of their squares, not annualised.
struct RollingVolatility {
    private let length: Int
    private var squares: [Double] = []
    private var next = 0
    private var sum = 0.0

    init(length: Int) {
        precondition(length > 0, "a window has a length")
        self.length = length
        squares.reserveCapacity(length)
    }

    /// Nil until `length` returns have been seen.
    var value: Double? { squares.count == length ? estimate : nil }
    /// The volatility of what has been seen so far.
    var estimate: Double { max(sum, 0).squareRoot() }

    mutating func add(logReturn: Double) {
        let square = logReturn * logReturn
        if squares.count < length {
            squares.append(square)
            sum += square
            return
        }
        sum += square - squares[next]
        squares[next] = square
        next = (next + 1) % length
        // Adding and taking away leaves rounding behind: once a round the sum is made anew.
        if next == 0 { sum = squares.reduce(0, +) }
    }
}
