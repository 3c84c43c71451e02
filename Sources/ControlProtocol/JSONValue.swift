/// A JSON tree in which an object keeps its order and a number that is no `Int64` keeps its text.
///
/// - Shape: what ``init(parsing:bytesMax:depthMax:)`` reads and ``encoded()`` writes, compact and on one line.
/// - Units: none; prices and money travel as decimal strings, so no value here is ever rounded.
/// - Errors: ``JSONError``, with the byte at which reading stopped.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number outside `Int64` (a fraction, an exponent, `-0`), as it was spelled.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// Gives any unsigned count or sequence number its JSON spelling.
    package static func unsigned(_ value: UInt64) -> JSONValue {
        Int64(exactly: value).map(JSONValue.integer) ?? .number(String(value))
    }

    /// The value of a member of an object, or nothing when this is no object or lacks it.
    package subscript(key: String) -> JSONValue? {
        members?.first { $0.key == key }?.value
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The value as a count or sequence number: an integer not below zero.
    package var unsigned: UInt64? {
        integer.flatMap(UInt64.init(exactly:))
    }

    package var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    package var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    package var isNull: Bool { self == .null }
}

/// One `"key": value` of an object, at its place.
package struct JSONMember: Sendable, Hashable {
    package let key: String
    package let value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
}
