import COpenSSL

/// Makes a certificate that vouches for itself, so that a local exchange can speak TLS in tests and demos.
///
/// - Shape: X.509 v3, EC P-256 signed with SHA-256, subject and issuer alike, never a certificate authority.
/// - Units: validity in days from now, clipped by nothing; both texts are PEM.
/// - Errors: ``OpenSSLError``; nothing is left behind.
/// - Source: RFC 5280; held to it by the `openssl` command in `Tests/OpenSSLTests`.
package enum SelfSignedCertificate {
    /// How long a certificate may be valid at most.
    package static let validDaysMax = 36_500

    /// A fresh key and a certificate for these names, both as PEM text.
    package static func make(
        commonName: String,
        dnsNames: [String],
        ipAddresses: [String],
        validDays: Int
    ) throws(OpenSSLError) -> (certificatePEM: String, privateKeyPEM: String) {
        guard (1...validDaysMax).contains(validDays) else { throw .badValidity(days: validDays) }
        let names = try alternativeNames(dnsNames: dnsNames, ipAddresses: ipAddresses)
        guard let key = unsafe tb_p256_key() else { throw .last(at: "make a P-256 key") }
        defer { unsafe EVP_PKEY_free(key) }
        guard let certificate = unsafe X509_new() else { throw .last(at: "make a certificate") }
        defer { unsafe X509_free(certificate) }

        try unsafe fill(certificate, commonName: commonName, validDays: validDays, key: key)
        try unsafe extend(certificate, with: NID_basic_constraints, "critical,CA:FALSE")
        try unsafe extend(certificate, with: NID_ext_key_usage, "serverAuth")
        if !names.isEmpty { try unsafe extend(certificate, with: NID_subject_alt_name, names) }
        guard unsafe X509_sign(certificate, key, EVP_sha256()) > 0 else {
            throw .last(at: "sign the certificate")
        }

        return (
            certificatePEM: try unsafe text("write the certificate") {
                unsafe PEM_write_bio_X509($0, certificate)
            },
            privateKeyPEM: try unsafe text("write the private key") {
                unsafe PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil)
            }
        )
    }

    /// What follows goes into openssl's own little language, where a comma starts the next value: so only plain names.
    private static func alternativeNames(
        dnsNames: [String],
        ipAddresses: [String]
    ) throws(OpenSSLError) -> String {
        let nameBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-*".utf8)
        let addressBytes = Set("0123456789abcdefABCDEF.:".utf8)
        for name in dnsNames where name.isEmpty || !name.utf8.allSatisfy(nameBytes.contains) {
            throw .badName(name)
        }
        for address in ipAddresses where address.isEmpty || !address.utf8.allSatisfy(addressBytes.contains) {
            throw .badName(address)
        }
        return (dnsNames.map { "DNS:" + $0 } + ipAddresses.map { "IP:" + $0 }).joined(separator: ",")
    }

    private static func fill(
        _ certificate: OpaquePointer,
        commonName: String,
        validDays: Int,
        key: OpaquePointer
    ) throws(OpenSSLError) {
        let version3 = 2  // X.509 counts versions from zero
        var serial: UInt64 = 0
        let drawn = unsafe withUnsafeMutableBytes(of: &serial) {
            unsafe RAND_bytes($0.baseAddress, Int32($0.count))
        }
        guard drawn == 1,
            unsafe X509_set_version(certificate, version3) == 1,
            unsafe ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1) == 1,
            unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), 0) != nil,
            unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), validDays * 86_400) != nil,
            unsafe X509_set_pubkey(certificate, key) == 1
        else { throw .last(at: "fill in the certificate") }

        let subject = unsafe X509_get_subject_name(certificate)
        guard
            unsafe X509_NAME_add_entry_by_NID(
                subject,
                NID_commonName,
                V_ASN1_UTF8STRING,
                commonName,
                Int32(commonName.utf8.count),
                -1,
                0
            ) == 1
        else { throw .badName(commonName) }
        guard unsafe X509_set_issuer_name(certificate, subject) == 1 else {
            throw .last(at: "name the issuer")
        }
    }

    private static func extend(
        _ certificate: OpaquePointer,
        with extensionID: Int32,
        _ value: String
    ) throws(OpenSSLError) {
        guard unsafe tb_add_extension(certificate, extensionID, value) == 1 else {
            throw .last(at: "add the extension \(value)")
        }
    }

    private static func text(
        _ step: String,
        from write: (OpaquePointer) -> Int32
    ) throws(OpenSSLError) -> String {
        guard let memory = unsafe BIO_new(BIO_s_mem()) else { throw .last(at: step) }
        defer { unsafe BIO_free(memory) }
        guard unsafe write(memory) == 1 else { throw .last(at: step) }
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe tb_memory_bytes(memory, &start)
        guard let start = unsafe start, count > 0 else { throw .last(at: step) }
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
