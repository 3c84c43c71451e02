/// Writes numbers for people, without a locale: a point, and as many places as were asked for.
package enum FixedText {
    /// The number rounded to `places` decimal places; as it is where it is too large for that.
    package static func text(_ value: Double, places: Int) -> String {
        let power = (0..<places).reduce(1.0) { power, _ in power * 10 }
        guard let units = Int64(exactly: (value * power).rounded()), units.magnitude < 1 << 53 else {
            return value.description
        }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let point = padded.index(padded.endIndex, offsetBy: -places)
        let sign = units < 0 ? "-" : ""
        return places == 0 ? sign + padded : sign + padded[..<point] + "." + padded[point...]
    }
}
