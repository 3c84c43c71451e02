import Glibc

/// Reads a message in the form that the exchange sends: no spaces, no escapes, plain decimal numbers.
///
/// Whatever else it meets, it says no, and the message is read by name with ``ByteScanner``: it makes the usual
/// message cheap and has no opinion on any other.
///
/// Eight bytes are looked at together, so that behind the message must stand ``paddingBytes`` zeros. They are no
/// part of any text that is looked for, which is why no step ever leads past the message's end.
@safe struct FrameReader {
    static let paddingBytes = 64

    private let base: UnsafeRawPointer
    let count: Int
    /// Where the next byte is read; never more than ``count``.
    var at = 0

    /// Reads `count` bytes at `base`, which have the zeros behind them.
    init(_ base: UnsafeRawPointer, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    @inline(__always)
    func byte(_ index: Int) -> UInt8 {
        assert(index >= 0 && index < count &+ Self.paddingBytes)
        return unsafe base.load(fromByteOffset: index, as: UInt8.self)
    }

    /// Eight bytes, the first one lowest.
    @inline(__always)
    func word(_ index: Int) -> UInt64 {
        assert(index >= 0 && index &+ 8 <= count &+ Self.paddingBytes)
        return UInt64(littleEndian: unsafe base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Steps over `text`, where it stands next.
    @inline(__always)
    mutating func take(_ text: StaticString) -> Bool {
        guard unsafe memcmp(base + at, text.utf8Start, text.utf8CodeUnitCount) == 0 else { return false }
        at &+= text.utf8CodeUnitCount
        return true
    }

    @inline(__always)
    mutating func take(_ expected: UInt8) -> Bool {
        guard byte(at) == expected else { return false }
        at &+= 1
        return true
    }

    /// The name of a member whose name has one letter, as `"u":`; steps over it.
    @inline(__always)
    mutating func takeLetter() -> UInt8? {
        let head = UInt32(truncatingIfNeeded: word(at))
        guard head & 0xFFFF_00FF == 0x3A22_0022 else { return nil }
        at &+= 4
        return UInt8(truncatingIfNeeded: head >> 8)
    }

    /// Steps over `true` or `false`.
    @inline(__always)
    mutating func flag() -> Bool? {
        if take("false") { return false }
        return take("true") ? true : nil
    }

    /// Steps over the `length` bytes that stand at `other` too, and the quote behind them.
    @inline(__always)
    mutating func takeSame(as other: Int, length: Int) -> Bool {
        var done = 0
        while done &+ 8 <= length {
            guard word(at &+ done) == word(other &+ done) else { return false }
            done &+= 8
        }
        let difference = word(at &+ done) ^ word(other &+ done)
        guard difference & Self.lowBytes(length &- done) == 0, byte(at &+ length) == 0x22 else {
            return false
        }
        at &+= length &+ 1
        return true
    }

    /// Steps over a string, quotes and all; false where it is not plain.
    @inline(__always)
    mutating func skipString() -> Bool {
        guard byte(at) == 0x22 else { return false }
        var index = at &+ 1
        while true {
            let word = word(index)
            let flags =
                Self.zeroBytes(word ^ 0x2222_2222_2222_2222) | Self.zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
                | (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            if flags != 0 {
                index &+= flags.trailingZeroBitCount &>> 3
                guard byte(index) == 0x22 else { return false }
                at = index &+ 1
                return true
            }
            index &+= 8
        }
    }

    /// The high bit of each zero byte; of the lowest one for certain, of those above it perhaps.
    @inline(__always)
    static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// A mask of the lowest `count` bytes, of 0 through 7.
    @inline(__always)
    static func lowBytes(_ count: Int) -> UInt64 { (1 &<< (UInt64(truncatingIfNeeded: count) &<< 3)) &- 1 }
}
