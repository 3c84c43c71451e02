import Contracts

/// Which instruments drift too far for scenarios to enter, and for how many bars still.
struct DriftWatch {
    private let bars: Int
    private var marks: [Instrument: (why: String, barsLeft: Int)] = [:]

    init(bars: Int) { self.bars = bars }

    mutating func take(_ drift: borrowing MarketDriftDetected) {
        guard drift.severity == .severe, bars > 0 else { return }
        let why = "severe drift, \(drift.statistic.rawValue) \(drift.value) over \(drift.threshold)"
        marks[drift.instrument] = (why, bars)
    }

    /// Counts one bar; gives why nothing may be entered in it.
    mutating func bar(of instrument: Instrument) -> String? {
        guard let mark = marks[instrument] else { return nil }
        marks[instrument] = mark.barsLeft > 1 ? (mark.why, mark.barsLeft - 1) : nil
        return "\(mark.why), \(mark.barsLeft) bars left"
    }
}
