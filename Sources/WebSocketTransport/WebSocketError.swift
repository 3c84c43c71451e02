/// Why a WebSocket connection did not come to be.
package enum WebSocketError: Error, Hashable, Sendable {
    /// The address is none of the form `ws://host:port/path` or `wss://…`.
    case address(String)
    /// The host's name has no address.
    case dns(host: String, why: String)
    /// Nothing listens there, or it hung up before it answered.
    case refused(host: String, port: Int, why: String)
    /// The network has no way there.
    case unreachable(host: String, port: Int, why: String)
    /// The certificate, or the TLS handshake, failed; there is no fallback to plain.
    case tls(TLSFailure, why: String)
    /// The server answered, but not by switching to WebSocket.
    case upgrade(status: UInt, why: String)
    /// Nothing came of it in time.
    case timeout(milliseconds: Int64)
    /// It was called off before it was open.
    case cancelled

    /// A stable dotted code.
    package var code: String {
        switch self {
        case .address: "connect.address"
        case .dns: "connect.dns"
        case .refused: "connect.refused"
        case .unreachable: "connect.unreachable"
        case .tls(let failure, _): "tls.\(failure)"
        case .upgrade: "connect.upgrade"
        case .timeout: "connect.timeout"
        case .cancelled: "connect.cancelled"
        }
    }
}

/// What of TLS failed.
package enum TLSFailure: String, Hashable, Sendable {
    /// No authority that we trust vouches for the certificate.
    case untrusted
    /// The certificate is past its dates, or before them.
    case expired
    /// The certificate is for another name.
    case hostname
    /// The two sides did not come to terms, or the other speaks no TLS.
    case handshake
    /// What we trust can't be read, or is not named.
    case trust
}

extension WebSocketError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .address(let text):
            "'\(text)' is no WebSocket address: write ws://host:port/path or wss://host:port/path"
        case .dns(let host, let why): "the name \(host) was not resolved: \(why)"
        case .refused(let host, let port, let why): "\(host):\(port) took no connection: \(why)"
        case .unreachable(let host, let port, let why): "no way to \(host):\(port): \(why)"
        case .tls(_, let why): "the secure connection was not made: \(why)"
        case .upgrade(let status, let why): "the server did not switch to WebSocket (HTTP \(status)): \(why)"
        case .timeout(let milliseconds): "the connection was not open within \(milliseconds) ms"
        case .cancelled: "the connection was called off"
        }
    }
}

/// How a connection ended; every one that was opened or tried ends exactly once.
package enum WebSocketEnd: Hashable, Sendable {
    /// It was never open.
    case failed(WebSocketError)
    /// We closed it.
    case closedByUs
    /// The other side closed it, or the network did.
    case closedByPeer(code: UInt16?, reason: String)
    /// It broke a rule of the protocol, or of ours.
    case broken(why: String)
}
