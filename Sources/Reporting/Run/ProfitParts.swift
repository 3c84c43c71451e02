import Contracts

/// Where a profit comes from.
///
/// - Units: ``price`` is what the prices brought, at the prices that were seen when it was decided, open positions
///   included; the others are costs, above zero where they were paid and below where they were received.
package struct ProfitParts: Codable, Hashable, Sendable {
    package let price: Money
    package let fees: Money
    package let funding: Money
    /// What fills cost against the price that was seen.
    package let slippage: Money

    package init(
        price: Money = .zero,
        fees: Money = .zero,
        funding: Money = .zero,
        slippage: Money = .zero
    ) {
        self.price = price
        self.fees = fees
        self.funding = funding
        self.slippage = slippage
    }

    /// What is left.
    package var net: Money {
        get throws(NumberError) {
            try price.subtracting(fees).subtracting(funding).subtracting(slippage)
        }
    }

    /// What is left, for display.
    var approximateNet: Double {
        price.approximate - fees.approximate - funding.approximate - slippage.approximate
    }

    /// The sum, part by part.
    package func adding(_ other: Self) throws(NumberError) -> Self {
        Self(
            price: try price.adding(other.price),
            fees: try fees.adding(other.fees),
            funding: try funding.adding(other.funding),
            slippage: try slippage.adding(other.slippage)
        )
    }
}
