import Performance

/// The vertical axis of a chart: from values to pixels, with ticks at round numbers.
struct ValueAxis {
    struct Tick {
        /// In pixels from the top of the chart.
        let y: String
        let label: String
    }

    let low: Double
    let high: Double
    /// In pixels from the top of the chart.
    let top: Double
    let height: Double

    /// An axis over `values`, with a little air where it does not begin or end at zero.
    init(_ values: ClosedRange<Double>, top: Double = 0, height: Double) {
        let (least, most) = (values.lowerBound, values.upperBound)
        let isFlat = most - least <= abs(most) * 1e-9
        let air = isFlat ? max(abs(most) * 0.01, 0.01) : (most - least) * 0.06
        low = least == 0 && !isFlat ? 0 : least - air
        high = most == 0 && !isFlat ? 0 : most + air
        self.top = top
        self.height = height
    }

    /// In pixels from the top of the axis itself.
    func offset(_ value: Double) -> Double { (high - value) / (high - low) * height }

    /// About so many ticks; `label` is told the step too, so that its digits tell neighbours apart.
    func ticks(about count: Int, label: (_ value: Double, _ step: Double) -> String) -> [Tick] {
        let step = RoundNumber.step((high - low) / Double(count))
        let (first, last) = (Int((low / step).rounded(.up)), Int((high / step).rounded(.down)))
        return (first..<max(first, last + 1)).map { number in
            let value = Double(number) * step
            return Tick(y: Coordinate.text(top + offset(value)), label: label(value, step))
        }
    }
}

/// Coordinates with as many places as a screen can show.
enum Coordinate {
    static func text(_ value: Double) -> String { FixedText.text(value, places: 1) }

    /// A share of the width, in percent.
    static func percent(_ fraction: Double) -> String { FixedText.text(fraction * 100, places: 2) }
}
