/// Names one command for ever, so that the daemon acts on it once however often it arrives.
enum IdempotencyKey {
    /// A random UUID (version 4) from the kernel's generator.
    static func fresh() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | (0b10 << 62)
        let digits = hexadecimal(high) + hexadecimal(low)
        var key = ""
        for (position, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(position) { key += "-" }
            key.append(digit)
        }
        return key
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
