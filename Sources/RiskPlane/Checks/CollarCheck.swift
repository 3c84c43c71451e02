import Contracts

/// Nothing is entered at a price far from mark and index, nor may it be filled there.
enum CollarCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        guard let fraction = book.limits.collarMax else { return .off(.collar) }
        if proposal.isReducing { return .exempt(.collar) }
        let quote = proposal.facts.quote
        let mark = proposal.intent.instrument.category == .spot ? quote.last : quote.mark
        guard mark != nil || !book.limits.collarRequiresMark else {
            throw Refusal(
                .collar,
                value: "unknown",
                limit: .ratio(fraction),
                reason: "no mark price of \(proposal.intent.instrument) is known"
            )
        }
        if let mark { try keep(&proposal, within: fraction, of: mark, "mark") }
        if let index = quote.index { try keep(&proposal, within: fraction, of: index, "index") }
        return CheckVerdict(
            check: .collar,
            value: .price(proposal.intent.referencePrice),
            limit: .ratio(fraction)
        )
    }

    private static func keep(
        _ proposal: inout Proposal,
        within fraction: Ratio,
        of anchor: Price,
        _ name: String
    ) throws {
        try keep(proposal.intent.referencePrice, within: fraction, of: anchor, name)
        try keep(proposal.fillBound, within: fraction, of: anchor, name)
    }

    private static func keep(
        _ price: Price,
        within fraction: Ratio,
        of anchor: Price,
        _ name: String
    ) throws {
        guard try !price.isWithin(fraction, of: anchor) else { return }
        throw Refusal(
            .collar,
            value: .price(price),
            limit: .ratio(fraction),
            reason: "\(price) is further than \(fraction) from the \(name) of \(anchor)"
        )
    }
}
