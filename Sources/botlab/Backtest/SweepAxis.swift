import ArgumentParser
import Contracts

/// One setting that a sweep varies, and its values.
struct SweepAxis: ExpressibleByArgument, Hashable {
    /// More values of one setting than this are a mistake.
    static let valuesMax = 100_000

    let key: String
    let values: Values

    enum Values: Hashable {
        case list([String])
        /// Any value between both, with as many decimal places as they are written with; for random runs alone.
        case range(low: Ratio, high: Ratio)
    }

    /// Reads `key=a,b,c`, `key=lo..hi:step` or `key=lo..hi`.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        key = String(parts[0])
        let text = String(parts[1])
        if let dots = text.firstRange(of: "..") {
            let step = text[dots.upperBound...].split(separator: ":", maxSplits: 1).map(String.init)
            guard let low = Ratio(String(text[..<dots.lowerBound])),
                let high = step.first.flatMap({ Ratio($0) }),
                low <= high
            else { return nil }
            guard step.count == 2 else {
                values = .range(low: low, high: high)
                return
            }
            guard let width = Ratio(step[1]), let steps = Self.steps(low, high, width) else { return nil }
            values = .list(steps)
        } else {
            let list = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard list.allSatisfy({ !$0.isEmpty }) else { return nil }
            values = .list(list)
        }
    }

    /// The values from `low` up to `high`; nil where there are too many, or none.
    private static func steps(_ low: Ratio, _ high: Ratio, _ width: Ratio) -> [String]? {
        guard width.isPositive else { return nil }
        var (value, texts) = (low, [String]())
        while value <= high {
            texts.append(value.description)
            guard texts.count <= valuesMax, let next = try? value.adding(width) else { return nil }
            value = next
        }
        return texts
    }
}
