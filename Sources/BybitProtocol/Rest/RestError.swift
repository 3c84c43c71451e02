import Contracts

/// Why an answer of the exchange's REST interface brought nothing.
package enum RestError: Error, Hashable, Sendable {
    /// The exchange refused: its `retCode` and `retMsg`.
    case refused(code: Int, message: String)
    /// The answer can't be read.
    case unreadable(WireError)
}

extension RestError {
    /// Does what may find the answer unreadable.
    static func wrap<Value>(_ body: () throws(WireError) -> Value) throws(RestError) -> Value {
        do throws(WireError) { return try body() } catch { throw .unreadable(error) }
    }
}

extension RestError: OperatorError {
    package var code: String {
        switch self {
        case .refused: "rest.refused"
        case .unreadable: "rest.unreadable"
        }
    }

    package var what: String { "the exchange's answer brought nothing" }

    package var why: String {
        switch self {
        case .refused(let code, let message):
            "it refused with \(code): \(message.isEmpty ? "no reason" : message)"
        case .unreadable(let error): error.why
        }
    }

    package var next: String { "it is asked again" }
}
