/// One named value of a ticker, as on the wire.
struct TickerField: Equatable, Sendable {
    let name: String
    let value: String
}

/// Which way the last price moved.
enum TickDirection: String, Sendable {
    case plus = "PlusTick"
    case zeroPlus = "ZeroPlusTick"
    case minus = "MinusTick"
    case zeroMinus = "ZeroMinusTick"

    func next(from old: Fixed, to new: Fixed) -> TickDirection {
        if new > old { return .plus }
        if new < old { return .minus }
        return self == .plus || self == .zeroPlus ? .zeroPlus : .zeroMinus
    }
}

/// What the subscribers of one ticker topic know; gives the next push as the difference.
struct TickerBoard {
    private(set) var known: [TickerField] = []
    private(set) var sequence: UInt64 = 0
    private(set) var isAwake = false

    mutating func sleep() {
        isAwake = false
        known = []
    }

    mutating func wake(_ fields: [TickerField], sequence: UInt64) {
        guard !isAwake else { return }
        isAwake = true
        if fields.count > 1 { known = fields }
        self.sequence = sequence
    }

    /// The fields that changed, or all of them at first, led by the symbol; nil when none did.
    mutating func push(
        _ fields: [TickerField],
        sequence: UInt64
    ) -> (fields: [TickerField], isSnapshot: Bool)? {
        guard fields != known, fields.count > 1 else { return nil }
        let isSnapshot = known.isEmpty
        let changed = isSnapshot ? fields : TickerBoard.changes(from: known, to: fields)
        known = fields
        self.sequence = sequence
        return (changed, isSnapshot)
    }

    /// Fields keep their places nearly always; only when one came or went is each looked for.
    private static func changes(from old: [TickerField], to new: [TickerField]) -> [TickerField] {
        guard old.count == new.count, zip(old, new).allSatisfy({ $0.name == $1.name }) else {
            return new.filter { $0.name == "symbol" || !old.contains($0) }
        }
        return zip(old, new).filter { $1.name == "symbol" || $0.value != $1.value }.map(\.1)
    }
}
