import Contracts

/// The answer of `GET /v5/market/instruments-info`, down to the rules that orders obey.
///
/// - Shape: the whole HTTP body in; the instruments that can be traded by exact rules out.
/// - Units: as ``InstrumentSpec`` says.
/// - Errors: ``RestError``; one instrument that can't be read is named in `refused` and hinders no other.
/// - Source: `docs/exchange/bybit-v5.md`, "instruments-info".
package struct InstrumentsAnswer: Sendable {
    package let instruments: [InstrumentSpec]
    /// Why instruments were left out.
    package let refused: [String]
    /// Empty at the last page.
    package let nextPageCursor: String

    /// Reads an answer for `category`; every spec is stamped with `meta`'s time.
    package init(reading body: [UInt8], category: Contracts.Category, meta: EventMeta) throws(RestError) {
        let answer = try MarketAnswer(
            reading: body,
            kind: .instruments,
            context: AnswerContext(category: category, receivedAt: meta.ts)
        )
        instruments = if case .instruments(let rules) = answer.content { rules.map(\.spec) } else { [] }
        refused = answer.refused.map(\.why)
        nextPageCursor = answer.nextPageCursor
    }
}
