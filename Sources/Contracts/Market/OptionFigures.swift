/// What an option's ticker tells beside its prices; kept apart by reference, so that no other ticker carries the room.
///
/// - Units: volatilities as fractions a year; the underlying's price in quote asset.
package final class OptionFigures: Hashable, Codable, Sendable {
    package let bidVolatility: Ratio?
    package let askVolatility: Ratio?
    package let markVolatility: Ratio?
    package let underlyingPrice: Price?
    package let openInterest: Quantity?
    package let delta: Ratio?
    package let gamma: Ratio?
    package let vega: Ratio?
    package let theta: Ratio?

    package init(
        bidVolatility: Ratio? = nil,
        askVolatility: Ratio? = nil,
        markVolatility: Ratio? = nil,
        underlyingPrice: Price? = nil,
        openInterest: Quantity? = nil,
        delta: Ratio? = nil,
        gamma: Ratio? = nil,
        vega: Ratio? = nil,
        theta: Ratio? = nil
    ) {
        self.bidVolatility = bidVolatility
        self.askVolatility = askVolatility
        self.markVolatility = markVolatility
        self.underlyingPrice = underlyingPrice
        self.openInterest = openInterest
        self.delta = delta
        self.gamma = gamma
        self.vega = vega
        self.theta = theta
    }

    private var prices: [Price?] { [underlyingPrice] }
    private var ratios: [Ratio?] {
        [bidVolatility, askVolatility, markVolatility, delta, gamma, vega, theta]
    }

    package static func == (left: OptionFigures, right: OptionFigures) -> Bool {
        left.prices == right.prices && left.openInterest == right.openInterest && left.ratios == right.ratios
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(prices)
        hasher.combine(openInterest)
        hasher.combine(ratios)
    }
}
