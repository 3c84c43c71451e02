import Contracts

/// One instrument's newest returns, by the end of their bars; the shortest timeframe there is.
struct ReturnSeries: Hashable, Codable {
    private var barSeconds = Int.max
    private var close: Double?
    private var end: UnixMilliseconds = 0
    private var ends: [UnixMilliseconds] = []
    private var values: [Double] = []

    /// Adds the return of one bar, if it follows the bar before without a gap.
    mutating func take(_ features: borrowing FeatureSet, countMax: Int) {
        guard features.barSeconds <= barSeconds else { return }
        if features.barSeconds < barSeconds {
            self = ReturnSeries()
            barSeconds = features.barSeconds
        }
        let price = features.close.approximate
        guard price > 0, features.barEnd > end else { return }
        defer { (close, end) = (price, features.barEnd) }
        guard let close, features.barEnd - end == Int64(barSeconds) * 1_000 else { return }
        if ends.count >= countMax {
            ends.removeFirst()
            values.removeFirst()
        }
        ends.append(features.barEnd)
        values.append(price / close - 1)
    }

    /// Pearson's correlation over the bars that both have; nil with fewer than `countMin`, or where one never moves.
    func correlation(with other: ReturnSeries, countMin: Int) -> Double? {
        var (left, right) = (ends.count - 1, other.ends.count - 1)
        var (count, sumX, sumY, sumXX, sumYY, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        while left >= 0, right >= 0 {
            if ends[left] == other.ends[right] {
                let (x, y) = (values[left], other.values[right])
                count += 1
                sumX += x
                sumY += y
                sumXX += x * x
                sumYY += y * y
                sumXY += x * y
                left -= 1
                right -= 1
            } else if ends[left] > other.ends[right] {
                left -= 1
            } else {
                right -= 1
            }
        }
        guard Int(count) >= countMin else { return nil }
        let varianceX = sumXX - sumX * sumX / count
        let varianceY = sumYY - sumY * sumY / count
        guard varianceX > 0, varianceY > 0 else { return nil }
        return (sumXY - sumX * sumY / count) / (varianceX * varianceY).squareRoot()
    }
}
