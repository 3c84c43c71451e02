import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Tells from what NIO reports why a connection was not made.
enum ConnectFailure {
    /// The reason of `error`; `certificate` is the one that the server showed, if it came so far.
    static func reason(
        of error: any Error,
        certificate: NIOSSLCertificate? = nil,
        for connection: WebSocketConnection
    ) -> WebSocketError {
        let address = connection.address
        switch error {
        case let error as WebSocketError: return error
        case let error as NIOConnectionError: return reason(of: error, for: connection)
        case let error as NIOSSLExtraError:
            let isOfTheName = error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch
            return .tls(
                isOfTheName ? .hostname : .handshake,
                why: isOfTheName ? "the certificate is not for \(address.host)" : ErrorText.of(error)
            )
        case let error as NIOSSLError: return handshake(ErrorText.of(error), certificate)
        case let error as BoringSSLError: return handshake(ErrorText.of(error), certificate)
        case ChannelError.connectTimeout:
            return .timeout(milliseconds: connection.configuration.connectMilliseconds)
        case let error as IOError where error.errnoCode == ETIMEDOUT:
            return .timeout(milliseconds: connection.configuration.connectMilliseconds)
        case let error as IOError where [ENETUNREACH, EHOSTUNREACH, ENETDOWN].contains(error.errnoCode):
            return .unreachable(host: address.host, port: address.port, why: error.description)
        case let error as IOError:
            return .refused(host: address.host, port: address.port, why: error.description)
        case let error as NIOHTTPClientUpgradeError: return .upgrade(status: 101, why: ErrorText.of(error))
        case let error as HTTPParserError: return .upgrade(status: 0, why: "the answer is no HTTP (\(error))")
        default: return .refused(host: address.host, port: address.port, why: ErrorText.of(error))
        }
    }

    private static func reason(
        of error: NIOConnectionError,
        for connection: WebSocketConnection
    ) -> WebSocketError {
        // Where one address was found, the failure to connect to it tells more than a missing second.
        guard let first = error.connectionErrors.first else {
            let why = (error.dnsAError ?? error.dnsAAAAError).map { "\($0)" } ?? "no address was found"
            return .dns(host: error.host, why: why)
        }
        return reason(of: first.error, for: connection)
    }

    /// The library says of every certificate only that it does not hold; its dates say whether they are why.
    private static func handshake(_ text: String, _ certificate: NIOSSLCertificate?) -> WebSocketError {
        guard text.contains("CERTIFICATE_VERIFY_FAILED") else { return .tls(.handshake, why: text) }
        if let certificate {
            let now = time(nil)
            if now > certificate.notValidAfter {
                let days = (now - certificate.notValidAfter) / 86_400
                return .tls(.expired, why: "the certificate expired \(days) days ago")
            }
            if now < certificate.notValidBefore {
                return .tls(.expired, why: "the certificate is not valid yet: look at the machine's clock")
            }
        }
        return .tls(.untrusted, why: "no trusted authority vouches for the certificate (\(text))")
    }
}
