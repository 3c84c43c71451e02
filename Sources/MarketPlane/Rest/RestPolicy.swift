import BybitProtocol
import Contracts

/// What an answer of the REST interface asks for: the one place that knows the exchange's ways to say no.
///
/// - Source: `docs/exchange/bybit-v5.md`, sections 7.2, 7.3 and 9.
enum RestPolicy {
    enum Verdict: Hashable {
        /// Use it.
        case done
        /// Ask again after a while.
        case again(RestFailure)
        /// Ask more slowly, and not before this time.
        case slower(until: UnixMilliseconds?)
        /// Ask nothing at all for so long.
        case rest(milliseconds: Int64)
        /// Asking again brings the same.
        case give(RestFailure)
    }

    /// The exchange wants ten minutes without requests; hammering prolongs it.
    static let restMilliseconds: Int64 = 600_000

    /// Judges an HTTP status before the body is read; nil where the body decides.
    static func verdict(on answer: RestAnswer) -> Verdict? {
        switch answer.status {
        case 200: nil
        case 403: .rest(milliseconds: restMilliseconds)
        case 429: .slower(until: answer.limitResetsAt)
        case 408, 500...599: .again(.http(status: answer.status))
        default: .give(.http(status: answer.status))
        }
    }

    /// Judges why a body brought nothing.
    static func verdict(on error: RestError, in answer: RestAnswer) -> Verdict {
        switch error {
        case .unreadable(let why): .again(.unparsed(why, evidence: evidence(answer.body)))
        case .refused(let code, let message):
            switch code {
            case 10_006, 429: .slower(until: answer.limitResetsAt)
            case 10_018: .rest(milliseconds: restMilliseconds)
            case -1, 10_000, 10_002, 10_016, 10_019: .again(.refused(code: code, message: message))
            default: .give(.refused(code: code, message: message))
            }
        }
    }

    /// Enough of a body to find it again in a capture: its length, its digest (FNV-1a) and how it begins.
    private static func evidence(_ body: [UInt8]) -> String {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in body { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let begin = body.prefix(24).map { (0x20..<0x7F).contains($0) ? Character(UnicodeScalar($0)) : "." }
        return "\(body.count) bytes, digest \(String(digest, radix: 16)), beginning '\(String(begin))'"
    }
}
