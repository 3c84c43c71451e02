import Contracts

/// The instrument must be known, open for trading, and of a kind that the books can count.
enum InstrumentCheck {
    static func ask(_ proposal: inout Proposal) throws -> CheckVerdict {
        let instrument = proposal.intent.instrument
        guard let spec = proposal.spec else {
            throw refusal("unknown", limit: "trading", "the trading rules of \(instrument) are not known")
        }
        // What gets out of a position may try as long as the contract is there: the exchange has the last word.
        guard spec.status == .trading || proposal.isReducing && spec.status != .closed else {
            throw refusal(spec.status.rawValue, limit: "trading", "\(instrument) is not open for trading")
        }
        guard instrument.category == .linear || instrument.category == .spot else {
            throw refusal(
                instrument.category.rawValue,
                limit: "linear or spot",
                "profits of \(instrument.category.rawValue) instruments are not counted in the quote asset"
            )
        }
        guard spec.quoteCoin == proposal.limits.quoteCoin else {
            throw refusal(
                spec.quoteCoin,
                limit: proposal.limits.quoteCoin,
                "the limits are in \(proposal.limits.quoteCoin)"
            )
        }
        guard proposal.intent.referencePrice.isPositive else {
            throw refusal(
                "\(proposal.intent.referencePrice)",
                limit: "above 0",
                "the reference price is no price"
            )
        }
        guard !proposal.intent.slippageMax.isNegative, proposal.intent.slippageMax < 1 else {
            throw refusal("\(proposal.intent.slippageMax)", limit: "0 to 1", "the slippage is no fraction")
        }
        guard instrument.category != .spot || !proposal.target.isNegative else {
            throw refusal("\(proposal.target)", limit: "0", "spot cannot be sold short")
        }
        try checkPriceLimit(proposal)
        return CheckVerdict(check: .instrument, value: spec.status.rawValue, limit: "trading")
    }

    /// The exchange would refuse an order that crosses its own price limits.
    private static func checkPriceLimit(_ proposal: Proposal) throws {
        guard !proposal.isReducing, let limit = proposal.book.priceLimits[proposal.intent.instrument] else {
            return
        }
        let price = proposal.intent.referencePrice
        let isBuy = try !proposal.step.isNegative
        if isBuy, price > limit.highestBid {
            throw refusal("\(price)", limit: "\(limit.highestBid)", "above the exchange's highest bid")
        }
        if !isBuy, price < limit.lowestAsk {
            throw refusal("\(price)", limit: "\(limit.lowestAsk)", "below the exchange's lowest ask")
        }
    }

    private static func refusal(_ value: String, limit: String, _ reason: String) -> Refusal {
        Refusal(.instrument, value: value, limit: limit, reason: reason)
    }
}
