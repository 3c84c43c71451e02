/// The parameters behind the question mark, percent-decoded; a later one of the same name wins.
struct RestQuery {
    private var values: [String: String] = [:]

    init(_ text: String) {
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count > 1 ? RestQuery.decoded(halves[1]) : ""
            values[RestQuery.decoded(halves[0])] = value
        }
    }

    /// A parameter; one without a value counts as absent.
    subscript(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func category() throws(MarketRest.BadParameter) -> Category {
        guard let category = self["category"].flatMap(Category.init(rawValue:)) else {
            throw MarketRest.BadParameter(message: "params error: Category is invalid")
        }
        return category
    }

    /// A category out of those a call is for.
    func category(of allowed: Set<Category>) throws(MarketRest.BadParameter) -> Category {
        let category = try category()
        guard allowed.contains(category) else {
            throw MarketRest.BadParameter(message: "params error: Category is invalid")
        }
        return category
    }

    func integer(_ name: String) throws(MarketRest.BadParameter) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw MarketRest.BadParameter(message: "params error: \(name) invalid")
        }
        return number
    }

    func limit(_ standard: Int, max: Int) throws(MarketRest.BadParameter) -> Int {
        guard let limit = try integer("limit") else { return standard }
        guard (1...Int64(max)).contains(limit) else {
            throw MarketRest.BadParameter(message: "params error: limit must be from 1 to \(max)")
        }
        return Int(limit)
    }

    /// Where a page begins; the cursor is handed out percent-encoded, as the exchange does it.
    func offset() throws(MarketRest.BadParameter) -> Int {
        guard let cursor = self["cursor"] else { return 0 }
        guard cursor.hasPrefix("offset:"), let offset = Int(cursor.dropFirst(7)),
            (0..<1_000_000).contains(offset)
        else {
            throw MarketRest.BadParameter(message: "params error: cursor invalid")
        }
        return offset
    }

    static func cursor(offset: Int) -> String { "offset%3A\(offset)" }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let hex = rest.prefix(2)
            if byte == UInt8(ascii: "%"), hex.count == 2,
                let code = UInt8(String(decoding: hex, as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
