import BybitProtocol

/// Tells of unreadable messages at once, but of a series of them only now and then.
struct MalformedFold {
    struct Note {
        let error: WireError
        /// How many more there were that were not told.
        let foldedCount: Int
    }

    static let quietMilliseconds: Int64 = 10_000

    private var quietUntil: Int64 = .min
    private var foldedCount = 0
    private var newest: WireError?

    mutating func note(_ error: WireError, at now: Int64) -> Note? {
        guard now < quietUntil else {
            defer { (foldedCount, newest, quietUntil) = (0, nil, now + Self.quietMilliseconds) }
            return Note(error: error, foldedCount: foldedCount)
        }
        foldedCount += 1
        newest = error
        return nil
    }

    /// What was folded, once the quiet time is over.
    mutating func flush(at now: Int64) -> Note? {
        guard let newest, now >= quietUntil else { return nil }
        defer { (foldedCount, self.newest, quietUntil) = (0, nil, now + Self.quietMilliseconds) }
        return Note(error: newest, foldedCount: foldedCount - 1)
    }
}
