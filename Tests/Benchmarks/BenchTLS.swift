import FoundationEssentials
import NIOSSL
import OpenSSL

/// A certificate of a run's own, and who trusts it.
struct BenchTLS {
    let server: NIOSSLContext
    let certificateFile: String
    let keyFile: String

    init(folder: String) throws {
        let made = try SelfSignedCertificate.make(
            commonName: "localhost",
            dnsNames: ["localhost"],
            ipAddresses: ["127.0.0.1"],
            validDays: 2
        )
        certificateFile = folder + "/cert.pem"
        keyFile = folder + "/key.pem"
        try Data(made.certificatePEM.utf8).write(to: URL(filePath: certificateFile))
        try Data(made.privateKeyPEM.utf8).write(to: URL(filePath: keyFile))
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map(
            NIOSSLCertificateSource.certificate
        )
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        server = try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
        )
    }
}

/// Why a figure could not be taken.
struct BenchTrouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
