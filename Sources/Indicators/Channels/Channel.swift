/// A line with one above and one below it, in quote asset.
package struct Channel: Hashable, Codable, Sendable {
    package let upper: Double
    package let middle: Double
    package let lower: Double

    init(middle: Double, distance: Double) {
        upper = middle + distance
        self.middle = middle
        lower = middle - distance
    }
}
