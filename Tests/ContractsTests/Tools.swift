import Contracts
import FoundationEssentials

/// A random source that a seed repeats exactly.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Small and large numbers alike: as many bits as chance gives.
    mutating func units() -> Int64 {
        Int64(bitPattern: next()) >> Int64.random(in: 0...63, using: &self)
    }

    mutating func scale(_ most: UInt8 = 18) -> UInt8 { UInt8.random(in: 0...most, using: &self) }
    mutating func price() -> Price { Price(units: units(), scale: scale()) }
}

/// Decodes one payload from JSON.
struct Decoding: PayloadDecoder {
    let bytes: [UInt8]

    func decode<Payload: Event>(_ type: Payload.Type) throws -> Payload {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}

/// Any JSON.
enum Tree: Decodable, Equatable {
    case object([String: Tree])
    case array([Tree])
    case text(String)
    case other(Double)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .other(flag ? 1 : 0)
        } else if let number = try? container.decode(Double.self) {
            self = .other(number)
        } else if let array = try? container.decode([Tree].self) {
            self = .array(array)
        } else if container.decodeNil() {
            self = .other(.infinity)
        } else {
            self = .object(try container.decode([String: Tree].self))
        }
    }

    init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(Tree.self, from: Data(bytes)) }

    subscript(key: String) -> Tree? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    var keys: Set<String> {
        if case .object(let fields) = self { Set(fields.keys) } else { [] }
    }

    /// Every key in it, as `a.b[].c`.
    func paths(under prefix: String = "") -> Set<String> {
        switch self {
        case .text, .other: []
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.paths(under: prefix + "[]")) }
        case .object(let fields):
            fields.reduce(into: []) { paths, field in
                let path = prefix.isEmpty ? field.key : "\(prefix).\(field.key)"
                paths.insert(path)
                paths.formUnion(field.value.paths(under: path))
            }
        }
    }
}
