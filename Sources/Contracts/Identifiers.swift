/// What ties a chain of events together, from an intent or a command to all that follows from it.
///
/// - Shape: `intent-<seq>`, `research-<seq>` and `snapshot-<seq>`, where seq is the first event's own sequence
///   number; a command's is the client's key, a UUID.
@frozen @usableFromInline package enum CorrelationID: Hashable, Sendable {
    case intent(UInt64)
    case research(UInt64)
    /// A `state:snapshot_request` and its answers: together the whole state as of that number.
    case snapshot(UInt64)
    case command(CommandKey)
}

extension CorrelationID: CustomStringConvertible {
    @usableFromInline package var description: String {
        switch self {
        case .intent(let number): "intent-\(number)"
        case .research(let number): "research-\(number)"
        case .snapshot(let number): "snapshot-\(number)"
        case .command(let key): key.description
        }
    }

    /// Reads what ``description`` writes; nil for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("intent-"), let number = Self.number(text.dropFirst(7)) {
            self = .intent(number)
        } else if text.hasPrefix("research-"), let number = Self.number(text.dropFirst(9)) {
            self = .research(number)
        } else if text.hasPrefix("snapshot-"), let number = Self.number(text.dropFirst(9)) {
            self = .snapshot(number)
        } else if let key = CommandKey(text) {
            self = .command(key)
        } else {
            return nil
        }
    }
}

extension CorrelationID {
    /// Only what ``description`` writes: no sign, no leading zero.
    private static func number(_ text: Substring) -> UInt64? {
        guard let number = UInt64(text), text == String(number) else { return nil }
        return number
    }
}

/// A command's key, drawn by the client: the same key never acts twice.
@frozen @usableFromInline package struct CommandKey: Hashable, Sendable {
    @usableFromInline package let high: UInt64
    @usableFromInline package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads a UUID in its usual form of 8-4-4-4-12 hexadecimal digits; nil for anything else.
    package init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        let digits = groups.joined()
        guard
            digits.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 || $0 >= 0x30 && $0 <= 0x39 }
            ),
            let high = UInt64(digits.prefix(16), radix: 16), let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}

extension CommandKey: CustomStringConvertible {
    @usableFromInline package var description: String {
        func hexadecimal(_ number: UInt64) -> String {
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        let first = Array(hexadecimal(high))
        let second = Array(hexadecimal(low))
        return String(first[0..<8]) + "-" + String(first[8..<12]) + "-" + String(first[12..<16]) + "-"
            + String(second[0..<4]) + "-" + String(second[4..<16])
    }
}

/// A strategy's or scenario's name, stable over restarts.
@frozen @usableFromInline
package struct StrategyID: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible {
    @usableFromInline package let rawValue: String
    @inlinable @inline(__always) package init(rawValue: String) { self.rawValue = rawValue }
    @inlinable @inline(__always) package init(_ text: String) { rawValue = text }
    @usableFromInline package var description: String { rawValue }
}

/// An order's identity at the venue (its `orderLinkId`), made from the intent and the order's index in it.
@frozen @usableFromInline
package struct OrderID: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible {
    @usableFromInline package let rawValue: String
    @inlinable @inline(__always) package init(rawValue: String) { self.rawValue = rawValue }

    /// Names order `index` of the intent whose sequence number is `intent`.
    package init(instance: String, intent: UInt64, index: Int) {
        // A backtest names orders by the hundred thousand: the text is put together in one piece.
        let digits = Self.digitCount(intent, radix: 32)
        let places = Self.digitCount(UInt64(index), radix: 10)
        let room = 4 + instance.utf8.count + 1 + digits + 1 + places
        rawValue = unsafe String(unsafeUninitializedCapacity: room) { buffer in
            var text = unsafe OutputSpan(buffer: buffer, initializedCount: 0)
            for byte in "tb1-".utf8 { text.append(byte) }
            for byte in instance.utf8 { text.append(byte) }
            text.append(0x2D)
            Self.write(intent, radix: 32, digits, to: &text)
            text.append(0x2D)
            Self.write(UInt64(index), radix: 10, places, to: &text)
            return unsafe text.finalize(for: buffer)
        }
    }

    private static func digitCount(_ number: UInt64, radix: UInt64) -> Int {
        var (count, rest) = (1, number / radix)
        while rest > 0 { (count, rest) = (count + 1, rest / radix) }
        return count
    }

    private static func write(
        _ number: UInt64,
        radix: UInt64,
        _ count: Int,
        to text: inout OutputSpan<UInt8>
    ) {
        var scale: UInt64 = 1
        for _ in 1..<count { scale *= radix }
        var rest = number
        for _ in 0..<count {
            let digit = UInt8(truncatingIfNeeded: rest / scale)
            text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            rest %= scale
            scale /= radix
        }
    }

    @usableFromInline package var description: String { rawValue }
}
extension StrategyID {
    @usableFromInline package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }
    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
extension OrderID {
    @usableFromInline package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }
    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension CorrelationID: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = CorrelationID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is no correlation id"
            )
        }
        self = value
    }
    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CommandKey: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = CommandKey(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no UUID")
        }
        self = value
    }
    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
