import BybitProtocol
import Contracts

/// The first byte picks what the question knew; the rest is the body.
enum RestFuzz {
    static func contradiction(in bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let body = Array(bytes.dropFirst())
        let kinds = MarketAnswerKind.allCases
        let kind = Int(first) < kinds.count ? kinds[Int(first)] : nil
        let context = AnswerContext(
            category: first & 0x40 == 0 ? Category.allCases[Int(first >> 4) & 3] : nil,
            symbol: first & 0x80 == 0 ? Symbol("BTCUSDT") : nil,
            minutes: 1,
            depth: 50,
            isBackfill: true,
            receivedAt: 1_786_540_000_000
        )
        return read { () throws(RestError) in
            try MarketAnswer(reading: body, kind: kind, context: context)
        }
            ?? read { () throws(RestError) in
                try MarketAnswer(readingResult: body, kind: kind, context: context)
            }
    }

    private static func read(_ answer: () throws(RestError) -> MarketAnswer) -> String? {
        do throws(RestError) {
            let answer = try answer()
            guard case .orderBook(let snapshot) = answer.content else { return nil }
            var book = OrderBook(depth: max(1, snapshot.depth))
            book.apply(snapshot)
            return book.isCrossed && book.mid != nil ? "a crossed book has a middle" : nil
        } catch {
            return "\(error)".isEmpty ? "an error without words" : nil
        }
    }
}
