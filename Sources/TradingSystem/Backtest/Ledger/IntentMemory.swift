import Contracts

/// What was seen and said when an intent was spoken, for as long as its orders may be filled.
struct IntentMemory {
    struct Note {
        let reference: Price
        let reason: String
    }

    /// So many are kept at least; fills of older intents count without slippage.
    private static let countMin = 4_096

    /// In the order of their numbers, which is that of their speaking.
    private var notes: [(number: UInt64, note: Note)] = []

    mutating func note(_ intent: borrowing StrategyIntent) {
        guard case .intent(let number) = intent.meta.correlationID, number > notes.last?.number ?? 0 else {
            return
        }
        if notes.count == 2 * Self.countMin { notes.removeFirst(Self.countMin) }
        notes.append((number, Note(reference: intent.referencePrice, reason: intent.reason)))
    }

    subscript(id: CorrelationID?) -> Note? {
        guard case .intent(let number) = id else { return nil }
        // Most fills follow from the newest intent.
        if let last = notes.last, last.number == number { return last.note }
        var range = notes.startIndex..<notes.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if notes[middle].number == number { return notes[middle].note }
            range = notes[middle].number < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
