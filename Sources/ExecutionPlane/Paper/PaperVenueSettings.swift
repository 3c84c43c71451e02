import Contracts

/// What the paper venue charges.
///
/// - Units: fractions of the value traded.
package struct PaperVenueSettings: Hashable, Sendable {
    package var takerFee: Ratio
    package var makerFee: Ratio

    package init(
        takerFee: Ratio = Ratio(units: 55, scale: 5),
        makerFee: Ratio = Ratio(units: 2, scale: 4)
    ) {
        self.takerFee = takerFee
        self.makerFee = makerFee
    }
}
