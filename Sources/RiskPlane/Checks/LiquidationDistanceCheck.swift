import Contracts

/// The mark must be able to move so far against a position before the venue closes it by force.
enum LiquidationDistanceCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let least = book.limits.liquidationDistanceMin, proposal.intent.instrument.category != .spot
        else { return .off(.liquidationDistance) }
        if proposal.isReducing { return .exempt(.liquidationDistance) }
        guard let equity = book.equity else {
            throw Refusal(
                .liquidationDistance,
                value: "unknown",
                limit: .ratio(least),
                reason: "the account's equity is not known"
            )
        }
        try checkTold(&proposal, book.instruments.values[proposal.place].price, least)
        // The account lasts while equity less the loss is above the maintenance margin of all positions.
        let rate = book.limits.maintenanceMarginRate
        let free = try equity.subtracting(proposal.elsewhere.gross.times(rate))
        let room = try free.undoing(least.adding(rate))
        return try proposal.keepPosition(
            within: room,
            .liquidationDistance,
            limit: room
        ) { "a move of \(least) against \($0.intent.instrument) would use up the account" }
    }

    /// What the books say of the present position counts too, where the intent adds to it.
    private static func checkTold(_ proposal: inout Proposal, _ mark: Price?, _ least: Ratio) throws {
        guard !proposal.held.isZero, !proposal.isTurning, let liquidation = proposal.liquidationPrice,
            let mark, try mark.isWithin(least, of: liquidation, than: mark)
        else { return }
        throw Refusal(
            .liquidationDistance,
            value: .price(liquidation),
            limit: .ratio(least),
            reason: "the mark of \(mark) is within \(least) of the liquidation at \(liquidation)"
        )
    }
}

extension Price {
    /// Whether `anchor` is nearer than `fraction` of `whole`.
    fileprivate func isWithin(
        _ fraction: Ratio,
        of anchor: Price,
        than whole: Price
    ) throws(NumberError) -> Bool {
        try whole.times(fraction).isAbove(subtracting(anchor).magnitude.times(Ratio(1)))
    }
}
