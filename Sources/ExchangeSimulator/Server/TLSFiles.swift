import FoundationEssentials
import NIOSSL
import OpenSSL

/// The certificate of the TLS listener, read from or written to PEM files.
enum TLSFiles {
    static let validDays = 30

    static func context(for options: SimulatorOptions) throws(SimulatorError) -> NIOSSLContext? {
        guard options.tlsListen != nil else { return nil }
        let certificate: String
        let key: String
        switch options.certificate {
        case nil:
            throw .badOption(
                option: "--tls-listen",
                value: "",
                expected: "--tls-cert and --tls-key, or --tls-self-signed, beside it"
            )
        case .files(let certificateFile, let keyFile): (certificate, key) = (certificateFile, keyFile)
        case .selfSigned(let directory): (certificate, key) = try writeSelfSigned(to: directory)
        }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
            let configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain,
                privateKey: .privateKey(privateKey)
            )
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .badCertificate(why: "\(certificate) with \(key): \(error)")
        }
    }

    private static func writeSelfSigned(to directory: String) throws(SimulatorError) -> (String, String) {
        let folder = URL(filePath: directory)
        let (certificate, key) = (folder.appending(path: "cert.pem"), folder.appending(path: "key.pem"))
        do {
            let made = try SelfSignedCertificate.make(
                commonName: "bybit-sim",
                dnsNames: ["localhost"],
                ipAddresses: ["127.0.0.1", "::1"],
                validDays: validDays
            )
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(made.certificatePEM.utf8).write(to: certificate)
            // The key is only for its owner, from the first byte on.
            let isWritten = FileManager.default.createFile(
                atPath: key.path,
                contents: Data(made.privateKeyPEM.utf8),
                attributes: [.posixPermissions: 0o600]
            )
            guard isWritten else {
                throw SimulatorError.unreadable(file: key.path, why: "it can't be written")
            }
        } catch {
            throw .badCertificate(why: "writing one to \(directory) failed: \(error)")
        }
        return (certificate.path, key.path)
    }
}
