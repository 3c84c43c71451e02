import Contracts

/// The instrument must be known, open for trading, and of a kind that the books can count.
enum InstrumentCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        let instrument = proposal.intent.instrument
        guard let rules = proposal.facts.rules else {
            throw refusal("unknown", limit: "trading", "the trading rules of \(instrument) are not known")
        }
        // What gets out of a position may try as long as the contract is there: the exchange has the last word.
        guard rules.status == .trading || proposal.isReducing && rules.status != .closed else {
            throw refusal(
                .text(rules.status.rawValue),
                limit: "trading",
                "\(instrument) is not open for trading"
            )
        }
        guard instrument.category != .option else {
            throw refusal("option", limit: "no option", "an option's exposure is not its notional")
        }
        guard rules.isCounted else {
            throw refusal(
                .text(book.instruments.values[proposal.place].quoteCoin ?? "unknown"),
                limit: .text(book.limits.quoteCoin),
                "the limits are in \(book.limits.quoteCoin)"
            )
        }
        try checkIntent(&proposal)
        try checkBand(&proposal)
        return CheckVerdict(check: .instrument, value: .text(rules.status.rawValue), limit: "trading")
    }

    private static func checkIntent(_ proposal: inout Proposal) throws {
        let (price, slippage) = (proposal.intent.referencePrice, proposal.intent.slippageMax)
        guard price.isPositive else {
            throw refusal(.price(price), limit: "above 0", "the reference price is no price")
        }
        guard !slippage.isNegative, slippage < 1 else {
            throw refusal(.ratio(slippage), limit: "0 to 1", "the slippage is no fraction")
        }
        guard proposal.intent.instrument.category != .spot || !proposal.target.isNegative else {
            throw refusal(.quantity(proposal.target), limit: "0", "spot cannot be sold short")
        }
    }

    /// The exchange would refuse an order that crosses its own price limits.
    private static func checkBand(_ proposal: inout Proposal) throws {
        guard !proposal.isReducing, let band = proposal.facts.band else { return }
        let price = proposal.intent.referencePrice
        let isBuy = !proposal.step.isNegative
        if isBuy, price > band.highestBid {
            throw refusal(.price(price), limit: .price(band.highestBid), "above the exchange's highest bid")
        }
        if !isBuy, price < band.lowestAsk {
            throw refusal(.price(price), limit: .price(band.lowestAsk), "below the exchange's lowest ask")
        }
    }

    private static func refusal(_ value: CheckFigure, limit: CheckFigure, _ reason: String) -> Refusal {
        Refusal(.instrument, value: value, limit: limit, reason: reason)
    }
}
