import Contracts

extension JournalReader {
    /// Hands every event that came from outside after `sequence` to `body`, in order: what a replay feeds to a kernel.
    ///
    /// - Errors: ``JournalError/malformedRow(sequence:topic:why:)`` at a row that is no event of this program.
    package func forEachRootEvent(after sequence: UInt64, _ body: (AnyEvent) throws -> Void) throws {
        let decoder = EventDecoder()
        var cursor = JournalCursor(self, JournalQuery(from: sequence + 1, rootsOnly: true))
        while let row = try cursor.next() { try body(decoder.event(of: row)) }
    }

    /// The number from which on every row is there: a replay can begin no earlier.
    ///
    /// What lies before has been deleted, or has lost its short-lived rows.
    package func firstWhole() throws(JournalError) -> UInt64 {
        let places = try shelf.places()
        var first = places.first?.first ?? 1
        for place in places.reversed() where try shelf.facts(of: place)?.thinned != nil {
            first = place.next ?? first
            break
        }
        return max(first, 1)
    }
}
