import Contracts

/// The whole input is one text, read as a price and as an amount.
enum DecimalFuzz {
    static func contradiction(in bytes: [UInt8]) -> String? {
        let plain = isPlain(bytes)
        do throws(NumberError) {
            let price = try Price(parsing: bytes)
            guard plain else { return "\(bytes) was read as \(price)" }
            guard Price(price.description) == price else { return "\(price) does not come back" }
            guard try Money(parsing: bytes) == Money(units: Int128(price.units), scale: price.scale) else {
                return "\(bytes) is another amount than price"
            }
            return price.approximate.isFinite ? nil : "\(price) has no approximate value"
        } catch {
            guard plain else { return nil }
            if error == .malformed { return "\(bytes) was called malformed" }
        }
        do throws(NumberError) {
            let amount = try Money(parsing: bytes)
            return Money(amount.description) == amount ? nil : "\(amount) does not come back"
        } catch {
            return error == .malformed ? "\(bytes) was called malformed" : nil
        }
    }

    /// An optional minus, digits, and perhaps a point, with digits or nothing behind it.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        let unsigned = bytes.first == 0x2D ? bytes.dropFirst() : bytes[...]
        let parts = unsigned.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count >= 1 && !parts[0].isEmpty
            && parts.allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
