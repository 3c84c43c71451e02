import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Tells from what NIO reports why a connection was not made.
enum ConnectFailure {
    static func reason(of error: any Error, for connection: WebSocketConnection) -> WebSocketError {
        let address = connection.address
        switch error {
        case let error as WebSocketError: return error
        case let error as NIOConnectionError: return reason(of: error, for: connection)
        case let error as NIOSSLExtraError: return .tls(why: ErrorText.of(error))
        case let error as NIOSSLError: return .tls(why: ErrorText.of(error))
        case let error as BoringSSLError: return .tls(why: ErrorText.of(error))
        case ChannelError.connectTimeout:
            return .timeout(milliseconds: connection.configuration.connectMilliseconds)
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
}
