import NIOSSL

/// The bounds of a connection, and whom it trusts.
package struct WebSocketConfiguration: Sendable {
    /// For names, TCP, TLS and the upgrade together.
    package var connectMilliseconds: Int64 = 10_000
    /// Of one message, its fragments together.
    package var frameBytesMax = 4 << 20
    package var fragmentCountMax = 256
    /// How much is read from the socket at once; a burst of small messages then costs few calls.
    package var receiveBytes = 128 << 10
    /// How long a close waits for the other side's answer before the socket is closed without it.
    package var closeMilliseconds: Int64 = 2_000
    /// Needed for `wss`; without it a secure address fails, it is never tried in plain.
    package var trust: WebSocketTrust?

    package init(trust: WebSocketTrust? = nil) { self.trust = trust }
}

/// The certificate authorities that a secure connection accepts; read once, used by every connection.
package struct WebSocketTrust: Sendable {
    let context: NIOSSLContext

    /// Trusts the authorities in the PEM file `caFile`, or the system's where there is none.
    package init(caFile: String?) throws(WebSocketError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        if let caFile { configuration.trustRoots = .file(caFile) }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .tls(
                .trust,
                why: "the trusted certificates\(caFile.map { " in \($0)" } ?? "") can't be read: \(error)"
            )
        }
    }
}
