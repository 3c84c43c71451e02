import Contracts

/// Reading members: decimals are strings or numbers alike, and an empty string is an absent value.
extension AnswerNode {
    /// A string's or a number's text; nil for `null` and `""`.
    func scalar(_ field: String) throws(WireError) -> String? {
        switch self {
        case .null: return nil
        case .text(let text), .number(let text): return text.isEmpty ? nil : text
        case .flag(let flag): return flag ? "true" : "false"
        case .list, .members: throw .malformed(field: field, text: "a nested value")
        }
    }

    func text(_ names: String...) throws(WireError) -> String? {
        try first(of: names)?.scalar(names[0])
    }

    func symbol(_ field: String) throws(WireError) -> Symbol? {
        guard let text = try self[field]?.scalar(field) else { return nil }
        guard let symbol = Symbol(text) else { throw Self.malformed(field, text) }
        return symbol
    }

    func needed<Value>(_ field: String, _ value: Value?) throws(WireError) -> Value {
        guard let value else { throw .missing(field: field) }
        return value
    }

    func decimal<Kind>(_ names: String...) throws(WireError) -> Decimal64<Kind>? {
        guard let text = try first(of: names)?.scalar(names[0]) else { return nil }
        return try Self.decimal(text, names[0])
    }

    /// A figure nobody trades on: one without an exact value is as good as none.
    func sideFigure<Kind>(_ names: String...) throws(WireError) -> Decimal64<Kind>? {
        guard let text = try first(of: names)?.scalar(names[0]) else { return nil }
        do throws(WireError) { return try Self.decimal(text, names[0]) } catch {
            if case .unrepresentable = error { return nil }
            throw error
        }
    }

    /// An upper bound: one with more places than fit is rounded down, one too large for any order is none.
    func bound(_ names: String...) throws(WireError) -> Quantity? {
        guard let text = try first(of: names)?.scalar(names[0]) else { return nil }
        do throws(WireError) { return try Self.decimal(text, names[0]) } catch {
            guard case .unrepresentable = error else { throw error }
            let whole = text.prefix { $0 != "." }
            do throws(NumberError) { return try Quantity(parsing: whole.utf8) } catch { return nil }
        }
    }

    func money(_ names: String...) throws(WireError) -> Money? {
        guard let text = try first(of: names)?.scalar(names[0]) else { return nil }
        return try Self.money(text, names[0])
    }

    func whole(_ field: String) throws(WireError) -> UInt64? {
        guard let text = try self[field]?.scalar(field) else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt64(text) else {
            throw Self.malformed(field, text)
        }
        return value
    }

    /// A time in Unix milliseconds.
    func time(_ names: String...) throws(WireError) -> UnixMilliseconds? {
        guard let text = try first(of: names)?.scalar(names[0]) else { return nil }
        return try Self.time(text, names[0])
    }

    func flag(_ field: String) throws(WireError) -> Bool {
        switch self[field] {
        case nil, .null: return false
        case .flag(let flag): return flag
        case .text("true"), .number("1"), .text("1"): return true
        case .text("false"), .number("0"), .text("0"), .text(""): return false
        case .some(let other): throw Self.malformed(field, try other.scalar(field) ?? "")
        }
    }

    func side(_ field: String) throws(WireError) -> Side? {
        guard let text = try self[field]?.scalar(field) else { return nil }
        switch text {
        case "Buy": return .buy
        case "Sell": return .sell
        default: throw Self.malformed(field, text)
        }
    }

    static func decimal<Kind>(_ text: String, _ field: String) throws(WireError) -> Decimal64<Kind> {
        do throws(NumberError) { return try Decimal64<Kind>(parsing: text.utf8) } catch {
            // Scientific notation occurs.
            guard error == .malformed else { throw unrepresentable(field, text, error) }
            guard let plain = ScientificText.plain(text.utf8) else { throw malformed(field, text) }
            do throws(NumberError) { return try Decimal64<Kind>(parsing: plain) } catch {
                throw unrepresentable(field, text, error)
            }
        }
    }

    static func money(_ text: String, _ field: String) throws(WireError) -> Money {
        do throws(NumberError) { return try Money(parsing: text.utf8) } catch {
            guard error == .malformed else { throw unrepresentable(field, text, error) }
            guard let plain = ScientificText.plain(text.utf8) else { throw malformed(field, text) }
            do throws(NumberError) { return try Money(parsing: plain) } catch {
                throw unrepresentable(field, text, error)
            }
        }
    }

    static func time(_ text: String, _ field: String) throws(WireError) -> UnixMilliseconds {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let time = UnixMilliseconds(text) else {
            throw malformed(field, text)
        }
        return time
    }

    static func malformed(_ field: String, _ text: String) -> WireError {
        .malformed(field: field, text: String(text.prefix(40)))
    }

    private static func unrepresentable(_ field: String, _ text: String, _ why: NumberError) -> WireError {
        .unrepresentable(field: field, text: String(text.prefix(40)), why: why)
    }
}
