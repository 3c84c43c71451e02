import Contracts

/// The tickers of one connection: each symbol's merged state, and what was last told of it.
struct TickerBoard {
    /// More symbols than one connection can carry.
    static let symbolCountMax = 4_096

    private var places: [Symbol: Int] = [:]
    private var entries: ContiguousArray<TickerEntry> = []

    /// The place of a symbol, made where it is missing; nil where there are too many.
    mutating func place(of symbol: Symbol) -> Int? {
        if let place = places[symbol] { return place }
        guard entries.count < Self.symbolCountMax else { return nil }
        entries.append(TickerEntry())
        places[symbol] = entries.count - 1
        return entries.count - 1
    }

    subscript(place: Int) -> TickerEntry {
        get { entries[place] }
        _modify { yield &entries[place] }
    }

    /// The next message tells open interest and funding again.
    mutating func tellAgain(_ symbol: Symbol) {
        guard let place = places[symbol] else { return }
        entries[place].lastInterest = nil
        entries[place].lastFunding = nil
    }

    /// A message that can't be read may have changed anything: the state waits for a snapshot.
    mutating func breakOff(_ symbol: Symbol) {
        guard let place = places[symbol] else { return }
        entries[place].state.isAnchored = false
    }

    mutating func removeAll() { self = TickerBoard() }
}

/// One symbol's ticker.
struct TickerEntry {
    struct Funding: Hashable {
        let rate: Ratio
        let next: UnixMilliseconds?
        let hours: Int?
    }

    var state = TickerState()
    var lastInterest: Quantity?
    var lastFunding: Funding?
}
