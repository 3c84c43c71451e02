/// A symbol as the exchange writes it, kept inline: copying, comparing and hashing touch no heap.
///
/// - Shape: 1 to 32 printable ASCII characters.
/// - Errors: ``SymbolError``.
@frozen @usableFromInline package struct Symbol: Hashable, Sendable {
    @usableFromInline let words: (UInt64, UInt64, UInt64, UInt64)

    /// Reads a symbol from ASCII text.
    @inlinable package init(ascii text: some Sequence<UInt8>) throws(SymbolError) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var count = 0
        for byte in text {
            guard byte > 0x20, byte < 0x7F else { throw .character(byte) }
            let shifted = UInt64(byte) &<< UInt64(56 &- 8 &* (count & 7))
            switch count >> 3 {
            case 0: words.0 |= shifted
            case 1: words.1 |= shifted
            case 2: words.2 |= shifted
            case 3: words.3 |= shifted
            default: throw .tooLong
            }
            count &+= 1
        }
        guard count > 0 else { throw .empty }
        self.words = words
    }

    /// Reads a symbol from text; nil where ``init(ascii:)`` would throw.
    package init?(_ text: String) {
        do throws(SymbolError) { self = try Self(ascii: text.utf8) } catch { return nil }
    }

    /// The number of its characters.
    package var length: Int {
        let words = [words.0, words.1, words.2, words.3]
        return words.reduce(0) { $0 + 8 - ($1 == 0 ? 8 : $1.trailingZeroBitCount / 8) }
    }

    @inlinable package static func == (left: Self, right: Self) -> Bool {
        left.words.0 == right.words.0 && left.words.1 == right.words.1
            && left.words.2 == right.words.2 && left.words.3 == right.words.3
    }

    @inlinable package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        // Nearly every symbol ends within the first sixteen characters.
        if words.2 != 0 { hasher.combine(words.2) }
    }
}

/// Why a text is no symbol.
@frozen @usableFromInline package enum SymbolError: Error, Hashable, Sendable {
    case empty
    case tooLong
    case character(UInt8)
}

extension Symbol: Comparable {
    @usableFromInline package static func < (left: Self, right: Self) -> Bool { left.words < right.words }
}

extension Symbol: CustomStringConvertible {
    @usableFromInline package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                let byte = UInt8(truncatingIfNeeded: word >> shift)
                guard byte != 0 else { return String(decoding: bytes, as: UTF8.self) }
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
