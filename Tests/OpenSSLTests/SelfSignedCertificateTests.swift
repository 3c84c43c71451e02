import Foundation
import OpenSSL
import Testing

@Suite struct `Self-signed certificate` {
    static let openssl = "/usr/bin/openssl"

    @Test func `is PEM on both sides`() throws {
        let made = try SelfSignedCertificate.make(
            commonName: "localhost",
            dnsNames: ["localhost"],
            ipAddresses: ["127.0.0.1", "::1"],
            validDays: 1
        )
        #expect(made.certificatePEM.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        #expect(made.certificatePEM.hasSuffix("-----END CERTIFICATE-----\n"))
        #expect(made.privateKeyPEM.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    }

    @Test func `is another one each time`() throws {
        let first = try SelfSignedCertificate.make(
            commonName: "a",
            dnsNames: [],
            ipAddresses: [],
            validDays: 1
        )
        let second = try SelfSignedCertificate.make(
            commonName: "a",
            dnsNames: [],
            ipAddresses: [],
            validDays: 1
        )
        #expect(first.certificatePEM != second.certificatePEM)
        #expect(first.privateKeyPEM != second.privateKeyPEM)
    }

    @Test(arguments: ["", "a,IP:1.2.3.4", "with space", "ümlaut"])
    func `refuses a name that would say more than a name`(name: String) {
        #expect(throws: OpenSSLError.badName(name)) {
            try SelfSignedCertificate.make(commonName: "a", dnsNames: [name], ipAddresses: [], validDays: 1)
        }
    }

    @Test(arguments: [0, -1, 36_501])
    func `refuses a validity that makes no sense`(days: Int) {
        #expect(throws: OpenSSLError.badValidity(days: days)) {
            try SelfSignedCertificate.make(commonName: "a", dnsNames: [], ipAddresses: [], validDays: days)
        }
    }

    @Test func `says why an address is no address`() {
        #expect(throws: OpenSSLError.self) {
            try SelfSignedCertificate.make(
                commonName: "a",
                dnsNames: [],
                ipAddresses: ["1.2.3"],
                validDays: 1
            )
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: openssl), "no openssl command here"))
    func `verifies as its own authority for each of its names`() throws {
        // Given
        let made = try SelfSignedCertificate.make(
            commonName: "bybit-sim",
            dnsNames: ["localhost"],
            ipAddresses: ["127.0.0.1"],
            validDays: 2
        )
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "tradebot-cert-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "cert.pem").path
        try Data(made.certificatePEM.utf8).write(to: URL(filePath: file))
        // When
        let verified = try run(["verify", "-CAfile", file, "-verify_hostname", "localhost", file])
        let address = try run(["verify", "-CAfile", file, "-verify_ip", "127.0.0.1", file])
        let other = try run(["verify", "-CAfile", file, "-verify_hostname", "example.org", file])
        let text = try run(["x509", "-in", file, "-noout", "-text"])
        // Then
        #expect(verified.status == 0)
        #expect(address.status == 0)
        #expect(other.status != 0)
        #expect(text.output.contains("prime256v1"))
        #expect(text.output.contains("DNS:localhost, IP Address:127.0.0.1"))
        #expect(text.output.contains("CA:FALSE"))
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: Self.openssl)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
