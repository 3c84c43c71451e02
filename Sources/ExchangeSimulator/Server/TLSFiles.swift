import FoundationEssentials
import NIOSSL
import OpenSSL

/// The TLS set-ups of the listener: the right one, and one for each fault a certificate can have.
struct TLSContexts: Sendable {
    let right: NIOSSLContext
    let broken: [TLSFault: NIOSSLContext]

    func context(for fault: TLSFault?) -> NIOSSLContext {
        fault.flatMap { broken[$0] } ?? right
    }
}

/// The certificates of the TLS listener, read from or written to PEM files.
enum TLSFiles {
    static let validDays = 30

    private struct Pair {
        let certificatePEM: String
        let privateKeyPEM: String
    }

    static func contexts(for options: SimulatorOptions) throws(SimulatorError) -> TLSContexts? {
        guard options.tlsListen != nil else { return nil }
        switch options.certificate {
        case nil:
            throw .badOption(
                option: "--tls-listen",
                value: "",
                expected: "--tls-cert and --tls-key, or --tls-self-signed, beside it"
            )
        case .files(let certificate, let key):
            return TLSContexts(right: try context(certificate: certificate, key: key), broken: try broken())
        case .selfSigned(let directory):
            let pair = try selfSigned(name: "bybit-sim", hosts: ["localhost"])
            try write(pair, to: directory, certificate: "cert.pem", key: "key.pem")
            let folder = URL(filePath: directory)
            let right = try context(
                certificate: folder.appending(path: "cert.pem").path,
                key: folder.appending(path: "key.pem").path
            )
            return TLSContexts(right: right, broken: try broken(writingTo: directory))
        }
    }

    /// One set-up per fault; the certificates are written out, so that a client can be made to trust them.
    ///
    /// All but the untrusted one: that a client cannot know.
    private static func broken(
        writingTo directory: String? = nil
    ) throws(SimulatorError) -> [TLSFault: NIOSSLContext] {
        let expired = Pair(
            certificatePEM: ExpiredCertificate.certificatePEM,
            privateKeyPEM: ExpiredCertificate.privateKeyPEM
        )
        let wrongHost = try selfSigned(
            name: "bybit-sim elsewhere",
            hosts: ["elsewhere.invalid"],
            addresses: []
        )
        let untrusted = try selfSigned(name: "bybit-sim unknown", hosts: ["localhost"])
        if let directory {
            try write(expired, to: directory, certificate: "expired.pem", key: nil)
            try write(wrongHost, to: directory, certificate: "wrong-host.pem", key: nil)
        }
        return [
            .expired: try context(expired), .wrongHost: try context(wrongHost),
            .untrusted: try context(untrusted),
        ]
    }

    // MARK: Private

    private static func selfSigned(
        name: String,
        hosts: [String],
        addresses: [String] = ["127.0.0.1", "::1"]
    ) throws(SimulatorError) -> Pair {
        do {
            let made = try SelfSignedCertificate.make(
                commonName: name,
                dnsNames: hosts,
                ipAddresses: addresses,
                validDays: validDays
            )
            return Pair(certificatePEM: made.certificatePEM, privateKeyPEM: made.privateKeyPEM)
        } catch {
            throw .badCertificate(why: "making one failed: \(error)")
        }
    }

    private static func context(_ pair: Pair) throws(SimulatorError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(pair.certificatePEM.utf8))
            let key = try NIOSSLPrivateKey(bytes: Array(pair.privateKeyPEM.utf8), format: .pem)
            return try context(chain, key)
        } catch {
            throw .badCertificate(why: "\(error)")
        }
    }

    private static func context(certificate: String, key: String) throws(SimulatorError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            return try context(chain, try NIOSSLPrivateKey(file: key, format: .pem))
        } catch {
            throw .badCertificate(why: "\(certificate) with \(key): \(error)")
        }
    }

    private static func context(_ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey) throws -> NIOSSLContext
    {
        try NIOSSLContext(
            configuration: TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { NIOSSLCertificateSource.certificate($0) },
                privateKey: .privateKey(key)
            )
        )
    }

    private static func write(
        _ pair: Pair,
        to directory: String,
        certificate: String,
        key: String?
    ) throws(SimulatorError) {
        let folder = URL(filePath: directory)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(pair.certificatePEM.utf8).write(to: folder.appending(path: certificate))
            guard let key else { return }
            // The key is only for its owner, from the first byte on.
            let isWritten = FileManager.default.createFile(
                atPath: folder.appending(path: key).path,
                contents: Data(pair.privateKeyPEM.utf8),
                attributes: [.posixPermissions: 0o600]
            )
            guard isWritten else {
                throw SimulatorError.unreadable(file: key, why: "it can't be written")
            }
        } catch {
            throw .badCertificate(why: "writing one to \(directory) failed: \(error)")
        }
    }
}
