import Contracts
import Glibc

/// A stretch of the message, without quotes.
struct Slice {
    let start: Int
    let end: Int

    var count: Int { end &- start }
    var isEmpty: Bool { end <= start }
}

/// Reads JSON where it lies, byte by byte, front to back.
///
/// Nothing here traps, whatever the bytes: behind the end stands an endless row of zeros, which is no JSON.
/// Valid only while the buffer it was made from is: it never leaves the closure that lent the bytes.
///
/// - Errors: ``WireError``; the place where reading stopped is no longer of use then.
@safe struct ByteScanner {
    /// The most levels that objects and arrays may be nested.
    static let depthMax = 32
    private static let excerptBytesMax = 40

    private let bytes: UnsafeRawBufferPointer
    let count: Int
    /// Where the next byte is read.
    var at = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
        count = bytes.count
    }

    /// The byte at `index`; zero outside the message.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
        return unsafe bytes.load(fromByteOffset: index, as: UInt8.self)
    }

    /// Whether the message has this byte anywhere.
    func contains(_ byte: UInt8) -> Bool {
        guard count > 0, let base = unsafe bytes.baseAddress else { return false }
        return unsafe memchr(base, Int32(byte), count) != nil
    }

    /// Whether `slice` reads exactly `name`.
    @inline(__always)
    func matches(_ slice: Slice, _ name: StaticString) -> Bool {
        guard slice.count == name.utf8CodeUnitCount, isInside(slice), let base = unsafe bytes.baseAddress
        else { return false }
        return unsafe memcmp(base + slice.start, name.utf8Start, slice.count) == 0
    }

    /// Whether `slice` begins with `name`.
    @inline(__always)
    func begins(_ slice: Slice, _ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        guard slice.count >= length else { return false }
        return matches(Slice(start: slice.start, end: slice.start &+ length), name)
    }

    /// What stands at `index`, short enough for an error.
    func excerpt(at index: Int) -> String {
        let end = min(count, index &+ Self.excerptBytesMax)
        guard index >= 0, index < end else { return "the end" }
        return "'"
            + String(decoding: SliceBytes(self, Slice(start: index, end: end)).map { $0 }, as: UTF8.self)
            + "'"
    }

    func malformed(_ field: String, at index: Int? = nil) -> WireError {
        .malformed(field: field, text: excerpt(at: index ?? at))
    }

    @inline(__always)
    private func isInside(_ slice: Slice) -> Bool {
        slice.start >= 0 && slice.start <= slice.end && slice.end <= count
    }
}

/// The bytes of one slice, as a sequence for the number and symbol parsers.
struct SliceBytes: Sequence, IteratorProtocol {
    private let scanner: ByteScanner
    private var at: Int
    private let end: Int

    @inline(__always)
    init(_ scanner: ByteScanner, _ slice: Slice) {
        self.scanner = scanner
        at = slice.start
        end = slice.end
    }

    @inline(__always)
    mutating func next() -> UInt8? {
        guard at < end else { return nil }
        defer { at &+= 1 }
        return scanner[at]
    }
}
