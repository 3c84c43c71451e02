import Contracts

/// A fast hash of 128 bits that is the same on every run and machine; it tells differences, not forgeries.
///
/// Each word is folded into two lanes by a full multiplication; a lane's state depends on every word before and on
/// their order.
package struct StableHash: Hashable, Sendable {
    private var low: UInt64 = 0x243F_6A88_85A3_08D3
    private var high: UInt64 = 0x1319_8A2E_0370_7344

    package init() {}

    /// Folds one word in.
    @inline(__always)
    package mutating func add(_ word: UInt64) {
        low = Self.fold(low ^ word, 0x9E37_79B9_7F4A_7C15) &+ 0xA409_3822_299F_31D1
        high = Self.fold(high &+ word, 0xD6E8_FEB8_6659_FD93) ^ low
    }

    @inline(__always)
    package mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }

    @inline(__always)
    package mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

    /// Folds bytes in, and how many they are.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(bytes.count)
        var place = 0
        while place &+ 8 <= bytes.count {
            unsafe add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            place &+= 8
        }
        var (word, shift) = (UInt64(0), UInt64(0))
        while place < bytes.count {
            unsafe word |= UInt64(bytes[place]) &<< shift
            (place, shift) = (place &+ 1, shift &+ 8)
        }
        if shift > 0 { add(word) }
    }

    /// Half of what has been folded in, to be folded in elsewhere.
    package var word: UInt64 { low ^ high }

    /// The whole of it in 32 hexadecimal digits.
    package var text: String { Self.digits(high) + Self.digits(low) }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    private static func digits(_ word: UInt64) -> String {
        let text = String(word, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
