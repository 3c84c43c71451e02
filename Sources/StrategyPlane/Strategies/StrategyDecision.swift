import Contracts

/// An exposure wanted, and why.
package struct StrategyDecision: Hashable, Codable, Sendable {
    /// As a share of what the strategy's sizing gives, -1 to 1: above zero long, below zero short, zero flat.
    package let exposure: Ratio
    /// The prices at which the position is to be left; they are brought to the instrument's tick.
    package let stop: Double?
    package let takeProfit: Double?
    package let reason: String

    package init(exposure: Ratio, stop: Double? = nil, takeProfit: Double? = nil, reason: String) {
        self.exposure = exposure
        self.stop = stop
        self.takeProfit = takeProfit
        self.reason = reason
    }

    /// Wants to hold nothing.
    package static func flat(_ reason: String) -> Self { Self(exposure: .zero, reason: reason) }

    /// Wants all that its sizing gives, on one side.
    package static func full(
        _ side: Side,
        stop: Double? = nil,
        takeProfit: Double? = nil,
        reason: String
    ) -> Self {
        Self(exposure: side == .buy ? 1 : -1, stop: stop, takeProfit: takeProfit, reason: reason)
    }
}

extension StrategyDecision {
    /// What makes the decision nonsense at a market that stands at `close`; nil where it can be followed.
    func nonsense(at close: Price, allowsShort: Bool) -> String? {
        if exposure > 1 || exposure < -1 { return "an exposure of \(exposure) is above its allocation" }
        if exposure.isNegative, !allowsShort { return "it wants to be short and may not be" }
        guard stop != nil || takeProfit != nil else { return nil }
        let (direction, price) = (exposure.isNegative ? -1.0 : 1.0, close.approximate)
        if exposure.isZero { return "a flat position has neither stop nor take profit" }
        if let stop, !stop.isFinite || stop <= 0 || (price - stop) * direction <= 0 {
            return "a stop of \(stop) at a price of \(close)"
        }
        if let takeProfit, !takeProfit.isFinite || takeProfit <= 0 || (takeProfit - price) * direction <= 0 {
            return "a take profit of \(takeProfit) at a price of \(close)"
        }
        return nil
    }
}
