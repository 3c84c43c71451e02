import BybitProtocol
import Contracts

/// The market's questions, each with its own answer.
extension RestClient {
    /// The largest pages that the exchange gives.
    enum Page {
        static let instrumentCount = 1_000
        static let klineCount = 1_000
        static let fundingCount = 200
        static let openInterestCount = 200
        /// A category has a few thousand at most; a cursor that never ends must end here.
        static let pageCountMax = 20

        static func tradeCount(_ category: Category) -> Int { category == .spot ? 60 : 1_000 }
    }

    /// The exchange's time in Unix nanoseconds.
    package func serverTime() async throws(RestFailure) -> Int64 {
        let answer = try await ask(.time, [], AnswerContext(receivedAt: 0))
        guard case .serverTime(let nanoseconds) = answer.content else { throw Self.mismatch }
        return nanoseconds
    }

    /// Every instrument of a category, page by page; of options those of one base coin.
    package func instruments(
        of category: Category,
        baseCoin: String? = nil
    ) async throws(RestFailure) -> (rules: [InstrumentRules], refused: [RefusedRow]) {
        var query = [("category", category.rawValue), ("limit", String(Page.instrumentCount))]
        if let baseCoin { query.append(("baseCoin", baseCoin)) }
        return try await pages(of: .instruments, query, AnswerContext(category: category, receivedAt: 0))
    }

    /// One instrument, whatever its status; nil where the exchange does not know it.
    package func instrument(
        _ instrument: Instrument
    ) async throws(RestFailure) -> (rules: InstrumentRules?, refused: [RefusedRow]) {
        let answer = try await ask(.instruments, Self.query(instrument), Self.context(instrument))
        guard case .instruments(let rules) = answer.content else { throw Self.mismatch }
        return (rules.first { $0.spec.instrument == instrument }, answer.refused)
    }

    /// The book as the exchange has it now: a snapshot of at most `depth` levels a side.
    ///
    /// Its update number is that of the 1,000-level stream and fits no other stream's.
    package func bookSnapshot(
        _ instrument: Instrument,
        depth: Int
    ) async throws(RestFailure) -> OrderBookDelta {
        let most = instrument.category == .option ? 25 : 1_000
        let answer = try await ask(
            .orderBook,
            Self.query(instrument, [("limit", String(min(max(depth, 1), most)))]),
            Self.context(instrument, depth: depth)
        )
        guard case .orderBook(let book) = answer.content else { throw Self.mismatch }
        return book
    }

    /// The newest trades, oldest first, marked as backfill.
    package func recentTrades(_ instrument: Instrument, count: Int) async throws(RestFailure) -> [TradeEvent]
    {
        let limit = min(max(count, 1), Page.tradeCount(instrument.category))
        let answer = try await ask(
            .recentTrade,
            Self.query(instrument, [("limit", String(limit))]),
            Self.context(instrument)
        )
        guard case .trades(let trades) = answer.content else { throw Self.mismatch }
        return trades.filter { $0.instrument == instrument }
    }

    /// The newest candles, oldest first, marked as backfill; the last one may still grow.
    package func klines(
        _ instrument: Instrument,
        minutes: Int,
        count: Int
    ) async throws(RestFailure) -> [KlineEvent] {
        let parameters = [
            ("interval", CandleLength.name(minutes: minutes)),
            ("limit", String(min(max(count, 1), Page.klineCount))),
        ]
        let answer = try await ask(
            .kline,
            Self.query(instrument, parameters),
            Self.context(instrument, minutes: minutes)
        )
        guard case .klines(let candles) = answer.content else { throw Self.mismatch }
        return candles
    }

    /// The last settlements with their rates, oldest first, marked as backfill.
    package func fundingHistory(
        _ instrument: Instrument,
        count: Int
    ) async throws(RestFailure) -> [FundingEvent] {
        let answer = try await ask(
            .fundingHistory,
            Self.query(instrument, [("limit", String(min(max(count, 1), Page.fundingCount)))]),
            Self.context(instrument)
        )
        guard case .fundingHistory(let fundings) = answer.content else { throw Self.mismatch }
        return fundings
    }

    /// Open interest every five minutes, oldest first, marked as backfill.
    package func openInterest(
        _ instrument: Instrument,
        count: Int
    ) async throws(RestFailure) -> [OpenInterestEvent] {
        let limit = String(min(max(count, 1), Page.openInterestCount))
        let answer = try await ask(
            .openInterest,
            Self.query(instrument, [("intervalTime", "5min"), ("limit", limit)]),
            Self.context(instrument)
        )
        guard case .openInterest(let interests) = answer.content else { throw Self.mismatch }
        return interests
    }

    private func pages(
        of kind: MarketAnswerKind,
        _ query: [(String, String)],
        _ context: AnswerContext
    ) async throws(RestFailure) -> (rules: [InstrumentRules], refused: [RefusedRow]) {
        var (rules, refused) = ([InstrumentRules](), [RefusedRow]())
        var cursors: Set<String> = [""]
        var cursor = ""
        for _ in 0..<Page.pageCountMax {
            // The cursor comes percent-encoded and goes back as it came.
            let answer = try await ask(kind, query + (cursor.isEmpty ? [] : [("cursor", cursor)]), context)
            guard case .instruments(let page) = answer.content else { throw Self.mismatch }
            rules += page
            refused += answer.refused
            cursor = answer.nextPageCursor
            // Some calls give a cursor with the last page too: an empty page or a known cursor ends it.
            guard !page.isEmpty, cursors.insert(cursor).inserted else { break }
        }
        return (rules, refused)
    }

    private static func query(
        _ instrument: Instrument,
        _ more: [(String, String)] = []
    ) -> [(name: String, value: String)] {
        [("category", instrument.category.rawValue), ("symbol", escaped(instrument.symbol))] + more
    }

    private static func context(
        _ instrument: Instrument,
        minutes: Int? = nil,
        depth: Int? = nil
    ) -> AnswerContext {
        AnswerContext(
            category: instrument.category,
            symbol: instrument.symbol,
            minutes: minutes,
            depth: depth,
            isBackfill: true,
            receivedAt: 0
        )
    }

    /// A symbol from the configuration may be anything printable: it must not end the parameter.
    private static func escaped(_ symbol: Symbol) -> String {
        symbol.description.utf8.reduce(into: "") { text, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
                text.unicodeScalars.append(UnicodeScalar(byte))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    private static var mismatch: RestFailure {
        .unparsed(.missing(field: "result"), evidence: "an answer of another kind")
    }
}
