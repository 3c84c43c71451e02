/// Where a WebSocket server is, read from `ws://host:port/path` or `wss://host:port/path`.
package struct WebSocketAddress: Hashable, Sendable {
    package let isSecure: Bool
    package let host: String
    package let port: Int
    /// Begins with a slash; the query belongs to it.
    package let path: String

    /// Reads an address; throws ``WebSocketError/address(_:)`` for anything else.
    package init(_ text: String) throws(WebSocketError) {
        let isSecure: Bool
        let rest: Substring
        if text.hasPrefix("wss://") {
            (isSecure, rest) = (true, text.dropFirst(6))
        } else if text.hasPrefix("ws://") {
            (isSecure, rest) = (false, text.dropFirst(5))
        } else {
            throw .address(text)
        }
        let isPlainText = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard isPlainText, !authority.isEmpty, !authority.contains("@") else { throw .address(text) }
        var host = authority
        var port = isSecure ? 443 : 80
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[bracket...].lastIndex(of: ":") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number)
            else {
                throw .address(text)
            }
            port = number
            host = authority[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw .address(text) }
        let path = rest.dropFirst(authority.count)
        self.isSecure = isSecure
        self.host = String(host)
        self.port = port
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// The `Host` header: with the port where it is not the scheme's own.
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Whether the host is an address and no name, so that it can't be sent as SNI.
    var isNumericHost: Bool {
        host.contains(":") || host.utf8.allSatisfy { $0 == 0x2E || ($0 >= 0x30 && $0 <= 0x39) }
    }
}
