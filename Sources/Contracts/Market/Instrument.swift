/// The exchange's product line: part of every instrument's identity, since spot and perpetual share names.
@frozen @usableFromInline package enum Category: String, Codable, Hashable, Sendable, CaseIterable, Comparable
{
    case linear, inverse, spot, option

    @usableFromInline package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What is traded: a category and a symbol, written `linear:BTCUSDT`.
@frozen @usableFromInline package struct Instrument: Hashable, Sendable {
    @usableFromInline package let category: Category
    @usableFromInline package let symbol: Symbol

    @inlinable package init(category: Category, symbol: Symbol) {
        self.category = category
        self.symbol = symbol
    }

    /// Reads `category:SYMBOL`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let category = Category(rawValue: String(parts[0])),
            let symbol = Symbol(String(parts[1]))
        else { return nil }
        self.init(category: category, symbol: symbol)
    }

    @inlinable package static func == (left: Self, right: Self) -> Bool {
        left.symbol == right.symbol && left.category == right.category
    }
}

extension Instrument: Comparable {
    @usableFromInline package static func < (left: Self, right: Self) -> Bool {
        (left.category, left.symbol) < (right.category, right.symbol)
    }
}

extension Instrument: CustomStringConvertible {
    @usableFromInline package var description: String { "\(category.rawValue):\(symbol)" }
}

extension Instrument: Codable {
    @usableFromInline package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instrument = Instrument(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is no instrument: write category:SYMBOL"
            )
        }
        self = instrument
    }

    @usableFromInline package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
