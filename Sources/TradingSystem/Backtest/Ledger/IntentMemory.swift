import Contracts

/// What was seen and said when an intent was spoken, for as long as its orders may be filled.
struct IntentMemory {
    struct Note {
        let reference: Price
        let reason: String
    }

    /// Fills of older intents count without slippage.
    private static let countMax = 4_096

    private var notes: [CorrelationID: Note] = [:]
    private var order: [CorrelationID] = []
    private var oldest = 0

    mutating func note(_ intent: borrowing StrategyIntent) {
        guard let id = intent.meta.correlationID else { return }
        notes[id] = Note(reference: intent.referencePrice, reason: intent.reason)
        if order.count < Self.countMax {
            order.append(id)
        } else {
            notes[order[oldest]] = nil
            order[oldest] = id
            oldest = (oldest + 1) % Self.countMax
        }
    }

    subscript(id: CorrelationID?) -> Note? { id.flatMap { notes[$0] } }
}
