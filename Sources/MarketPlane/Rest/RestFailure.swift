import BybitProtocol
import Contracts

/// Why a question to the exchange's REST interface stays without an answer.
package enum RestFailure: Error, Hashable, Sendable {
    /// No answer came.
    case unreachable(String)
    /// The answer was an HTTP error.
    case http(status: UInt)
    /// The exchange refused this question.
    case refused(code: Int, message: String)
    /// It answered what can't be read.
    case unparsed(WireError, evidence: String)
    /// Requests came too fast, by the exchange's word.
    case throttled(waitMilliseconds: Int64)
    /// After a ban nothing is asked for so long.
    case resting(waitMilliseconds: Int64)
    /// The program ends.
    case cancelled
}

extension RestFailure: OperatorError {
    package var code: String {
        switch self {
        case .unreachable: "rest.unreachable"
        case .http: "rest.http"
        case .refused: "rest.refused"
        case .unparsed: "exchange.unparsed"
        case .throttled: "rest.throttled"
        case .resting: "rest.resting"
        case .cancelled: "rest.cancelled"
        }
    }

    package var what: String { "the exchange's REST interface gave no answer" }

    package var why: String {
        switch self {
        case .unreachable(let why): "no answer: \(why)"
        case .http(let status): "it answered with HTTP \(status)"
        case .refused(let code, let message):
            "it refused with \(code): \(message.isEmpty ? "no reason" : message)"
        case .unparsed(let error, let evidence): "\(error.why); \(evidence)"
        case .throttled(let wait): "it says that requests come too fast; the next is due in \(wait) ms"
        case .resting(let wait): "it has banned our requests; none is sent for \(wait) ms"
        case .cancelled: "the program ends"
        }
    }

    package var next: String { "it is asked again; the stream goes on" }

    /// The code as told of one subject: `instruments.http`; what can't be read has one code wherever it comes.
    package func code(of subject: String) -> String {
        if case .unparsed = self { return code }
        return subject + code.dropFirst("rest".count)
    }

    /// The least time before the question makes sense again; nil where it is the asker's own.
    package var waitMilliseconds: Int64? {
        switch self {
        case .throttled(let wait), .resting(let wait): wait
        case .unreachable, .http, .refused, .unparsed, .cancelled: nil
        }
    }

    /// Whether the same question would be refused again.
    package var isFinal: Bool {
        switch self {
        case .refused, .cancelled: true
        case .http(let status): status == 400 || status == 404
        case .unreachable, .unparsed, .throttled, .resting: false
        }
    }
}
