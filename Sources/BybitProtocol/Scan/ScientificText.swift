/// Turns scientific notation into plain decimal digits: the rare path of the number parsers.
enum ScientificText {
    private static let exponentMax = 64
    private static let digitsMax = 64

    /// Gives `1e+06` as `1000000`; nil for what is no number in scientific notation.
    static func plain(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let bytes = Array(text)
        guard let mark = bytes.firstIndex(where: { $0 | 0x20 == 0x65 }), bytes.count <= digitsMax else {
            return nil
        }
        guard let exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)),
            abs(exponent) <= exponentMax
        else { return nil }
        var mantissa = bytes[..<mark]
        let isNegative = mantissa.first == 0x2D
        if isNegative { mantissa = mantissa.dropFirst() }
        let parts = mantissa.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        let isMadeOfDigits = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 &- 0x30 <= 9 } }
        guard !mantissa.isEmpty, isMadeOfDigits else { return nil }
        return shifted(Array(parts.joined()), point: parts[0].count + exponent, isNegative: isNegative)
    }

    private static func shifted(_ digits: [UInt8], point: Int, isNegative: Bool) -> [UInt8] {
        var digits = digits
        var point = point
        if point <= 0 {
            digits.insert(contentsOf: repeatElement(0x30, count: 1 - point), at: 0)
            point = 1
        }
        if point > digits.count {
            digits.append(contentsOf: repeatElement(0x30, count: point - digits.count))
        }
        var plain: [UInt8] = isNegative ? [0x2D] : []
        plain.append(contentsOf: digits[..<point])
        if point < digits.count {
            plain.append(0x2E)
            plain.append(contentsOf: digits[point...])
        }
        return plain
    }
}
