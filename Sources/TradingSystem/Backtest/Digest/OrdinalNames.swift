import Contracts

/// Names by the order of their first appearance: what two runs with different ids agree on.
///
/// The newest few thousand are remembered, those that are named again among them; one that was forgotten counts as a
/// new one, in every run alike. So a run of any length needs the same small memory, which stays in the cache.
struct OrdinalNames: Sendable {
    private typealias Fingerprint = (high: UInt64, low: UInt64)

    /// Names that are found by 128 bits of their text, without a copy of it.
    private struct Table: Sendable {
        static let countMax = 4_096
        private static let mask = 2 * countMax - 1

        private var names: [(name: Fingerprint, ordinal: Int)] = []
        /// Each 0 or 1 more than the place of a name, which lies at its own place or at the next free one.
        private var places = [UInt16](repeating: 0, count: mask + 1)

        var isFull: Bool { names.count == Self.countMax }

        func ordinal(of name: Fingerprint) -> Int? {
            var place = Int(truncatingIfNeeded: name.low) & Self.mask
            while places[place] != 0 {
                let entry = names[Int(places[place]) - 1]
                if entry.name == name { return entry.ordinal }
                place = (place + 1) & Self.mask
            }
            return nil
        }

        mutating func add(_ name: Fingerprint, _ ordinal: Int) {
            var place = Int(truncatingIfNeeded: name.low) & Self.mask
            while places[place] != 0 { place = (place + 1) & Self.mask }
            names.append((name, ordinal))
            places[place] = UInt16(names.count)
        }

        mutating func clear() {
            names.removeAll(keepingCapacity: true)
            for place in places.indices { places[place] = 0 }
        }
    }

    private var newer = Table()
    private var older = Table()
    private var count = 0
    private var last: (name: Fingerprint, ordinal: Int) = ((0, 0), 0)

    /// Its place, from 1 on; a new name gets the next one.
    ///
    /// 0 where there is no name.
    mutating func ordinal(of name: String?) -> Int {
        guard let name else { return 0 }
        var hash = StableHash()
        hash.add(name)
        return ordinal(of: hash.words)
    }

    /// The same; 0 where there is no name.
    mutating func ordinal(of name: CorrelationID?) -> Int {
        var hash = StableHash()
        switch name {
        case nil: return 0
        case .intent(let number): hash.add(1, number)
        case .research(let number): hash.add(2, number)
        case .snapshot(let number): hash.add(3, number)
        case .command(let key):
            hash.add(4, key.high)
            hash.add(key.low)
        }
        return ordinal(of: hash.words)
    }

    private mutating func ordinal(of name: Fingerprint) -> Int {
        if last.name == name, last.ordinal > 0 { return last.ordinal }
        let ordinal: Int
        if let known = newer.ordinal(of: name) {
            ordinal = known
        } else {
            if let known = older.ordinal(of: name) {
                ordinal = known
            } else {
                count += 1
                ordinal = count
            }
            if newer.isFull {
                swap(&newer, &older)
                newer.clear()
            }
            newer.add(name, ordinal)
        }
        last = (name, ordinal)
        return ordinal
    }
}
