import COpenSSL

/// Why libcrypto would not do what it was asked.
package enum OpenSSLError: Error, Equatable, CustomStringConvertible {
    case refused(step: String, answer: String)
    case badName(String)
    case badValidity(days: Int)

    /// Says what broke, why, and what to do next.
    package var description: String {
        switch self {
        case .refused(let step, let answer):
            "libcrypto failed to \(step): \(answer); check the installed libssl3"
        case .badName(let name):
            "\"\(name)\" can't stand in a certificate: give a host name (letters, digits, '.', '-', '*') or an address"
        case .badValidity(let days):
            "a certificate can't be valid for \(days) days: give 1 to 36500"
        }
    }

    /// The error libcrypto left on this thread for `step`; empties its queue.
    static func last(at step: String) -> OpenSSLError {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let reason = unsafe ERR_reason_error_string(code) else {
            return .refused(step: step, answer: "no reason given")
        }
        return .refused(step: step, answer: unsafe String(cString: reason))
    }
}
