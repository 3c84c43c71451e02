import BybitProtocol

/// Why one instrument's rules were not loaded this time.
enum LoadFailure {
    /// No answer came.
    case transport(String)
    /// The answer was an HTTP error.
    case status(UInt)
    /// The exchange refused, or its answer can't be read.
    case answer(RestError)
    /// The exchange does not know the instrument, or names no usable rules.
    case unknown(String?)

    var code: String {
        switch self {
        case .transport: "instruments.unreachable"
        case .status: "instruments.http"
        case .answer(.refused): "instruments.refused"
        case .answer(.unreadable): "instruments.unreadable"
        case .unknown: "instruments.unknown"
        }
    }

    var why: String {
        switch self {
        case .transport(let why): "no answer: \(why)"
        case .status(let status): "the exchange answered with HTTP \(status)"
        case .answer(let error): error.why
        case .unknown(let rules?): "its rules can't be used: \(rules)"
        case .unknown(nil): "the exchange knows no such instrument"
        }
    }

    var isBan: Bool { if case .status(403) = self { true } else { false } }
}
