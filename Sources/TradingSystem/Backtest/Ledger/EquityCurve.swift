import Contracts

/// What the account was worth, and what was held, at one time.
///
/// - Units: equity in the account's coin; gross and net as multiples of the equity.
package struct CurvePoint: Codable, Hashable, Sendable {
    package let time: UnixMilliseconds
    package let equity: Double
    package let gross: Double
    package let net: Double
}

/// The equity over time, with its deepest fall.
struct EquityCurve {
    private(set) var points: [CurvePoint] = []
    private(set) var drawdownMax = 0.0
    private(set) var peak: Double
    /// Sums over the points, for means.
    private(set) var grossSum = 0.0
    private(set) var heldCount = 0
    private(set) var count = 0
    private let spacing: Int64
    private var nextTime = UnixMilliseconds.min

    /// Begins with what the account was worth at first; points closer together than `spacing` are not kept.
    init(start: Double, spacing: Int64?) {
        peak = start
        self.spacing = spacing ?? 0
    }

    /// Whether a point at `time` would be kept: what it takes to make one is spared where not.
    @inline(__always)
    func wants(_ time: UnixMilliseconds) -> Bool { time >= nextTime || time == points.last?.time }

    /// Takes the newest value; a second one of the same time replaces the first.
    mutating func append(_ point: CurvePoint) {
        peak = max(peak, point.equity)
        if peak > 0 { drawdownMax = max(drawdownMax, (peak - point.equity) / peak) }
        count += 1
        grossSum += point.gross
        if point.gross > 0 { heldCount += 1 }
        if let last = points.last, last.time == point.time {
            points[points.count - 1] = point
            return
        }
        nextTime = spacing > 0 ? (point.time / spacing + 1) * spacing : point.time
        points.append(point)
    }
}
