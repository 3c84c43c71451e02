import COpenSSL

/// Hashes bytes as they come and gives their SHA-256, ready to begin anew after each digest.
///
/// - Shape: any number of `update`s, then `finish()`, which also starts the next message.
/// - Units: 32 bytes, or 64 lower-case hex digits.
/// - Errors: none; libcrypto can only fail here for want of memory, which stops the process with a sentence.
/// - Source: FIPS 180-4; held to its vectors by `Tests/OpenSSLTests/SHA256DigestTests.swift`.
@safe package struct SHA256Digest: ~Copyable {
    /// How many bytes one digest has.
    package static let byteCount = 32

    private let context: OpaquePointer  // allocated by `init`, freed by `deinit`, seen by this value alone

    /// A hasher at the start of a message.
    package init() {
        guard let context = unsafe EVP_MD_CTX_new() else {
            preconditionFailure("out of memory for a SHA-256 context")
        }
        unsafe self.context = unsafe context
        begin()
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Takes the next bytes of the message, read where they lie.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let taken = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(taken == 1, "libcrypto refused bytes to hash")
    }

    /// Takes the next bytes of the message.
    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let contiguous: Void? = bytes.withContiguousStorageIfAvailable { storage in
            unsafe update(UnsafeRawBufferPointer(storage))
        }
        guard contiguous == nil else { return }
        unsafe Array(bytes).withUnsafeBytes { unsafe update($0) }
    }

    /// The digest of all bytes since the last one; the next byte starts a new message.
    package mutating func finish() -> [UInt8] {
        let context = unsafe context
        let digest = unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            var length: UInt32 = 0
            let done = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
            precondition(done == 1 && length == UInt32(Self.byteCount), "libcrypto gave no SHA-256 digest")
            count = Self.byteCount
        }
        begin()
        return digest
    }

    /// Writes the digest of all bytes since the last one where `digest` points; allocates nothing.
    ///
    /// For chains of many short messages; `digest` has room for ``byteCount`` bytes.
    package mutating func finish(into digest: UnsafeMutableRawBufferPointer) {
        precondition(digest.count >= Self.byteCount, "a SHA-256 digest has 32 bytes")
        var length: UInt32 = 0
        let target = unsafe digest.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let done = unsafe EVP_DigestFinal_ex(context, target, &length)
        precondition(done == 1 && length == UInt32(Self.byteCount), "libcrypto gave no SHA-256 digest")
        begin()
    }

    /// The digest of all bytes since the last one, as 64 lower-case hex digits.
    package mutating func finishHex() -> String { Self.hex(ofDigest: finish()) }

    /// The SHA-256 of these bytes, as 64 lower-case hex digits.
    package static func hex(of bytes: some Sequence<UInt8>) -> String {
        var hasher = SHA256Digest()
        hasher.update(bytes)
        return hasher.finishHex()
    }

    /// These bytes as lower-case hex digits, two each.
    package static func hex(ofDigest digest: [UInt8]) -> String {
        let digits: [UInt8] = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    private mutating func begin() {
        let ready = unsafe EVP_DigestInit_ex2(context, Algorithm.sha256.method, nil)
        precondition(ready == 1, "libcrypto has no SHA-256")
    }
}

// A hasher has one owner, so it moves between threads and is never on two at once.
extension SHA256Digest: @unchecked Sendable {}

/// The fetched method: looked up once, since fetching costs more than hashing a short message.
///
/// `@unchecked Sendable` holds because libcrypto's `EVP_MD` is immutable and counted atomically; it is never freed.
@safe private struct Algorithm: @unchecked Sendable {
    static let sha256 = Algorithm()

    let method: OpaquePointer

    private init() {
        guard let method = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
            preconditionFailure("libcrypto has no SHA-256")
        }
        unsafe self.method = unsafe method
    }
}
