import Contracts

/// A severe drift of one instrument, and for how many bars still nothing is entered there.
package struct DriftMark: Hashable, Codable, Sendable {
    package let statistic: MarketDriftDetected.Statistic
    package let value: Double
    package let threshold: Double
    package internal(set) var barsLeft: Int
}

extension DriftMark: CustomStringConvertible {
    package var description: String {
        "severe drift, \(statistic.rawValue) \(value) over \(threshold), \(barsLeft) bars left"
    }
}
