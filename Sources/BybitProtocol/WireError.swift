import Contracts

/// Why a message of the exchange could not be read; the reader stays usable and the connection open.
package enum WireError: Error, Hashable, Sendable {
    /// `text` stands where `field` should be; at most a few dozen characters of it.
    case malformed(field: String, text: String)
    /// The message has no `field`, which it can't do without.
    case missing(field: String)
    /// The number is well formed but has no exact value here.
    case unrepresentable(field: String, text: String, why: NumberError)
    /// Objects and arrays are nested deeper than any message of the exchange.
    case tooDeep(limit: Int)
    /// The list `field` is longer than any of the exchange.
    case tooMany(field: String, limit: Int)
}

extension WireError: OperatorError {
    package var code: String { "frame.malformed" }
    package var what: String { "a message of the exchange can't be read" }

    package var why: String {
        switch self {
        case .malformed(let field, let text): "'\(field)' is not what it should be: \(text)"
        case .missing(let field): "'\(field)' is missing"
        case .unrepresentable(let field, let text, let why):
            "'\(field)' is \(text), which has no exact value (\(why))"
        case .tooDeep(let limit): "it is nested deeper than \(limit) levels"
        case .tooMany(let field, let limit): "'\(field)' has more than \(limit) elements"
        }
    }

    package var next: String { "the message is dropped and counted; the connection stays" }
}
