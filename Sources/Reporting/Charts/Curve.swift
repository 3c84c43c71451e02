import Contracts

/// Points of a curve, thinned to what a screen can tell apart: in each column the lowest and the highest stay, in
/// their order, so that no extreme is lost.
struct Curve {
    struct Point: Equatable {
        let time: UnixMilliseconds
        let value: Double
    }

    /// As many columns as the plot is wide in its own coordinates.
    static let columns = 1_000

    let points: [Point]

    init(_ all: [Point], axis: TimeAxis, columns: Int = Curve.columns) {
        guard all.count > 2 * columns + 2, let first = all.first, let last = all.last else {
            points = all
            return
        }
        var thinned: [Point] = []
        var (lowest, highest) = (first, first)
        var column = 0
        for point in all {
            let here = min(columns - 1, Int(axis.fraction(point.time) * Double(columns)))
            if here != column {
                thinned += Self.inOrder(lowest, highest)
                (lowest, highest, column) = (point, point, here)
            }
            if point.value < lowest.value { lowest = point }
            if point.value > highest.value { highest = point }
        }
        points = [first] + thinned + Self.inOrder(lowest, highest) + [last]
    }

    /// The curve as a path of SVG, `columns` wide.
    func path(_ time: TimeAxis, _ value: ValueAxis) -> String {
        points.enumerated().map { index, point in
            (index == 0 ? "M" : "L") + Self.coordinates(point, time, value)
        }.joined()
    }

    /// The surface between the curve and a value; in steps, where each value holds until the next one's time.
    func area(to base: Double, _ time: TimeAxis, _ value: ValueAxis, inSteps: Bool = false) -> String {
        guard let first = points.first, let last = points.last else { return "" }
        let floor = Coordinate.text(value.offset(min(max(base, value.low), value.high)))
        let start = Coordinate.text(time.fraction(first.time) * Double(Self.columns))
        let end = Coordinate.text(time.fraction(last.time) * Double(Self.columns))
        return "M\(start) \(floor)"
            + points.map { (inSteps ? "H" : "L") + Self.coordinates($0, time, value, inSteps ? "V" : " ") }
            .joined() + "L\(end) \(floor)Z"
    }

    private static func coordinates(
        _ point: Point,
        _ time: TimeAxis,
        _ value: ValueAxis,
        _ between: String = " "
    ) -> String {
        Coordinate.text(time.fraction(point.time) * Double(columns)) + between
            + Coordinate.text(value.offset(point.value))
    }

    private static func inOrder(_ one: Point, _ other: Point) -> [Point] {
        one == other ? [one] : one.time <= other.time ? [one, other] : [other, one]
    }
}
