import OpenSSL

/// One link of the journal's chain: the SHA-256 of the link before it and of one row's canonical bytes.
package struct ChainHash: Hashable, Sendable {
    package static let byteCount = SHA256Digest.byteCount

    private let words: SIMD4<UInt64>

    /// Takes 32 bytes; nil for any other count.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words = SIMD4<UInt64>()
        for (index, byte) in bytes.enumerated() {
            words[index >> 3] |= UInt64(byte) &<< UInt64(8 * (index & 7))
        }
        self.words = words
    }

    /// Reads what ``description`` writes; nil for anything else.
    package init?(hexadecimal text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }

    /// What the first row of a journal follows; of every journal its own, so no row fits into another one.
    static func genesis(of journal: String) -> ChainHash {
        var hasher = SHA256Digest()
        hasher.update("tradebot journal \(journal)".utf8)
        guard let hash = ChainHash(hasher.finish()) else { preconditionFailure("a digest has 32 bytes") }
        return hash
    }

    package var bytes: [UInt8] {
        (0..<Self.byteCount).map { index in
            UInt8(truncatingIfNeeded: words[index >> 3] &>> UInt64(8 * (index & 7)))
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}

extension ChainHash: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package var description: String { SHA256Digest.hex(ofDigest: bytes) }
}

/// How far a journal goes: its newest row and the chain's link there, which vouches for every row before it.
package struct JournalHead: Hashable, Sendable {
    /// 0 in an empty journal.
    package let sequence: UInt64
    package let hash: ChainHash

    package init(sequence: UInt64, hash: ChainHash) {
        self.sequence = sequence
        self.hash = hash
    }
}

extension JournalHead: CustomStringConvertible {
    /// `<seq>:<hash>`, as it is logged and as `init(_:)` reads it.
    package var description: String { "\(sequence):\(hash)" }

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = UInt64(parts[0]), let hash = ChainHash(hexadecimal: parts[1])
        else { return nil }
        self.init(sequence: sequence, hash: hash)
    }
}
