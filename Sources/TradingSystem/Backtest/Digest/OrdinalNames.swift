import Contracts

/// Names by the order of their first appearance: what two runs with different ids agree on.
struct OrdinalNames<Name: Hashable & Sendable>: Sendable {
    private var ordinals: [Name: Int] = [:]
    private var last: (name: Name, ordinal: Int)?

    /// Its place, from 1 on; a new name gets the next one.
    mutating func ordinal(of name: Name) -> Int {
        if let last, last.name == name { return last.ordinal }
        let next = ordinals.count + 1
        let ordinal = ordinals[name] ?? next
        if ordinal == next { ordinals[name] = next }
        last = (name, ordinal)
        return ordinal
    }

    /// The same; 0 where there is no name.
    mutating func ordinal(of name: Name?) -> Int { name.map { ordinal(of: $0) } ?? 0 }
}
