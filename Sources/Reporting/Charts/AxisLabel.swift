/// Labels of axes.
enum AxisLabel {
    /// `102.5k`: large amounts in thousands, millions or billions.
    static func amount(_ value: Double, step: Double) -> String {
        let size = max(abs(value), step)
        let (unit, name) =
            size >= 1e9 ? (1e9, "B") : size >= 1e6 ? (1e6, "M") : size >= 1e4 ? (1e3, "k") : (1, "")
        return value == 0 ? "0" : NumberText.number(value / unit, places: places(step / unit)) + name
    }

    static func share(_ value: Double, step: Double) -> String {
        NumberText.share(value, places: places(step * 100))
    }

    static func multiple(_ value: Double, step: Double) -> String {
        value == 0 ? "0" : NumberText.number(value, places: places(step)) + "×"
    }

    /// The fewest decimal places that write `step` out.
    private static func places(_ step: Double) -> Int {
        var (scaled, places) = (step, 0)
        while places < 9, abs(scaled - scaled.rounded()) > scaled * 1e-6 {
            (scaled, places) = (scaled * 10, places + 1)
        }
        return places
    }
}
