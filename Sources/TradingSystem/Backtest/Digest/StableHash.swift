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

    /// Folds two words in.
    @inline(__always)
    package mutating func add(_ first: UInt64, _ second: UInt64) {
        add(first)
        add(second)
    }

    /// Folds bytes in, and how many they are.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let count = bytes.count
        add(count)
        guard count >= 8 else { return unsafe addFew(bytes) }
        var place = 0
        while place &+ 8 <= count {
            unsafe add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            place &+= 8
        }
        guard place < count else { return }
        // The last eight, some of them for a second time.
        unsafe add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)))
    }

    /// Fewer than eight bytes as one word, some of them twice.
    @inline(__always)
    private mutating func addFew(_ bytes: UnsafeRawBufferPointer) {
        let count = bytes.count
        if count >= 4 {
            let first = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            let last = unsafe UInt32(
                littleEndian: bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            )
            add(UInt64(first) | UInt64(last) &<< 32)
        } else if count > 0 {
            let (first, middle, last) = unsafe (bytes[0], bytes[count &>> 1], bytes[count &- 1])
            add(UInt64(first) | UInt64(middle) &<< 8 | UInt64(last) &<< 16)
        }
    }

    /// All that has been folded in.
    var words: (high: UInt64, low: UInt64) { (high, low) }

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
