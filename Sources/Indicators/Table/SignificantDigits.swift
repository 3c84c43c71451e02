/// Writes figures with 12 significant digits, as `%.12g` does: no trailing zeros, an exponent where it is shorter.
package enum SignificantDigits {
    private static let count = 12

    /// The figure's text; `nan` and `inf` for what is no finite number.
    package static func text(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        guard value != 0 else { return "0" }
        var (digits, exponent) = shortest(value.magnitude)
        round(&digits, &exponent, of: value.magnitude)
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
        return (value < 0 ? "-" : "")
            + (exponent < -4 || exponent >= count
                ? scientific(digits, exponent) : plain(digits, exponent))
    }

    /// The fewest digits that name the number, and the power of ten of the first.
    private static func shortest(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        let text = "\(value)".utf8
        let parts = text.split(separator: UInt8(ascii: "e"))
        let written = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
        let mantissa = parts[0].split(separator: UInt8(ascii: "."))
        var digits = mantissa.joined().map { $0 - UInt8(ascii: "0") }
        var exponent = written + mantissa[0].count - 1
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
        while digits.count > 1, digits[0] == 0 {
            digits.removeFirst()
            exponent -= 1
        }
        return (digits, exponent)
    }

    private static func round(_ digits: inout [UInt8], _ exponent: inout Int, of value: Double) {
        guard digits.count > count else { return }
        let isTie = digits.count == count + 1 && digits[count] == 5
        let isUp = isTie ? isAboveTie(value, digits, exponent) : digits[count] >= 5
        digits.removeSubrange(count...)
        guard isUp else { return }
        var index = count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits = [1]
            exponent += 1
        }
    }

    /// Whether the number itself, which its digits only name, lies above the middle; on it, the even digit wins.
    private static func isAboveTie(_ value: Double, _ digits: [UInt8], _ exponent: Int) -> Bool {
        let whole = digits.reduce(0.0) { $0 * 10 + Double($1) }
        var power = 1.0
        for _ in 0..<(exponent - count).magnitude { power *= 10 }
        let isFraction = exponent < count
        let product = isFraction ? value * power : whole * power
        let rest =
            isFraction ? (-product).addingProduct(value, power) : (-product).addingProduct(whole, power)
        let distance = isFraction ? (product - whole) + rest : (value - product) - rest
        return distance == 0 ? digits[count - 1] % 2 == 1 : distance > 0
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        let size = String(exponent.magnitude)
        let mantissa = digits.count > 1 ? text(digits[..<1]) + "." + text(digits[1...]) : text(digits[...])
        return mantissa + (exponent < 0 ? "e-" : "e+") + (size.count < 2 ? "0" : "") + size
    }

    private static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
        if exponent < 0 {
            return "0." + String(repeating: "0", count: -exponent - 1) + text(digits[...])
        }
        if digits.count <= exponent + 1 {
            return text(digits[...]) + String(repeating: "0", count: exponent + 1 - digits.count)
        }
        return text(digits[...exponent]) + "." + text(digits[(exponent + 1)...])
    }

    private static func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }
}
