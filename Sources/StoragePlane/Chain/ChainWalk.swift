import OpenSSL

/// Goes along the chain, row by row, and says where it breaks.
struct ChainWalk: ~Copyable {
    /// Why a row does not follow the one before it.
    enum Break: Hashable {
        case number(expected: UInt64)
        case link
        case noLink
    }

    /// The number that the next row must have.
    private(set) var next: UInt64
    /// The link that it must follow; after a break, the one that the file has.
    private(set) var previous: ChainHash
    private var hasher = SHA256Digest()
    private var canonical: [UInt8] = []

    init(next: UInt64, previous: ChainHash) {
        self.next = next
        self.previous = previous
    }

    /// Takes one row; goes on behind it whatever is wrong with it.
    mutating func take(_ row: borrowing RowView) -> Break? {
        let number = UInt64(clamping: row.seq)
        let expected = next
        next = number + 1
        guard let stored = row.storedHash else { return .noLink }
        let computed = row.hash(after: previous, &hasher, &canonical)
        previous = stored
        guard number == expected else { return .number(expected: expected) }
        return computed == stored ? nil : .link
    }

    /// Goes on behind rows that retention has taken out.
    mutating func take(_ tombstone: Tombstone) -> Break? {
        let expected = next
        next = tombstone.last + 1
        previous = tombstone.hash
        return tombstone.first == expected && tombstone.last >= tombstone.first
            ? nil : .number(expected: expected)
    }
}
