import Contracts

/// How far equity stood below its highest at each time, and where it stood lowest.
struct DrawdownCurve {
    /// The deepest fall: from the peak before it to the time it was made good, if it was.
    struct Deepest: Equatable {
        let peak: UnixMilliseconds
        let trough: UnixMilliseconds
        let recovery: UnixMilliseconds?
        /// A positive fraction of the peak.
        let depth: Double
    }

    /// Zero or below, as fractions of the peak.
    private(set) var points: [Curve.Point] = []
    /// Nil where equity never fell.
    private(set) var deepest: Deepest?

    init(_ equity: [EquityPoint]) {
        guard var peak = equity.first, peak.equity > 0 else { return }
        points.reserveCapacity(equity.count)
        for point in equity {
            if point.equity >= peak.equity {
                if let open = deepest, open.recovery == nil, open.peak == peak.time, point.time > open.trough
                {
                    deepest = Deepest(
                        peak: open.peak,
                        trough: open.trough,
                        recovery: point.time,
                        depth: open.depth
                    )
                }
                peak = point
            }
            let depth = 1 - point.equity / peak.equity
            if depth > deepest?.depth ?? 0 {
                deepest = Deepest(peak: peak.time, trough: point.time, recovery: nil, depth: depth)
            }
            points.append(Curve.Point(time: point.time, value: -depth))
        }
    }
}
