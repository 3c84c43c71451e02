/// The bytes of a row that its hash covers: every field, each of them with its length, so that no two rows share them.
///
/// - Shape: seq and ts as 64 bits, 1 byte root flag, then topic, source, correlation and payload, each as a length of
///   32 bits and so many bytes; an absent correlation has the length 0xFFFFFFFF. All numbers little-endian.
enum CanonicalRow {
    private static let absent = UInt32.max

    /// Appends all but the payload's bytes; the payload's length is `payloadCount`, or is filled in later.
    static func append(
        seq: Int64,
        ts: Int64,
        isRoot: Bool,
        topic: UnsafeRawBufferPointer,
        source: UnsafeRawBufferPointer,
        correlation: UnsafeRawBufferPointer?,
        payloadCount: Int,
        to bytes: inout [UInt8]
    ) {
        append(UInt64(bitPattern: seq), to: &bytes)
        append(UInt64(bitPattern: ts), to: &bytes)
        bytes.append(isRoot ? 1 : 0)
        unsafe append(text: topic, to: &bytes)
        unsafe append(text: source, to: &bytes)
        if let correlation = unsafe correlation {
            unsafe append(text: correlation, to: &bytes)
        } else {
            append(absent, to: &bytes)
        }
        append(UInt32(truncatingIfNeeded: payloadCount), to: &bytes)
    }

    /// Fills in the payload's length, in the four bytes before `start`.
    static func setPayload(count: Int, before start: Int, in bytes: inout [UInt8]) {
        let count = UInt32(truncatingIfNeeded: count)
        for place in 0..<4 {
            bytes[start - 4 + place] = UInt8(truncatingIfNeeded: count &>> UInt32(8 * place))
        }
    }

    private static func append(text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        append(UInt32(truncatingIfNeeded: text.count), to: &bytes)
        unsafe bytes.append(contentsOf: text)
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }
}
