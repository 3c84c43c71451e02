import Contracts

/// The desks of all instruments, the strategies that belong on them, and the equity that sizes.
struct Desks {
    private var table = InstrumentTable<Desk>()
    var roster: Roster
    var equity: Money?

    init(_ roster: Roster) { self.roster = roster }

    var all: ContiguousArray<Desk> { table.values }
    var places: Range<Int> { 0..<table.count }

    subscript(place: Int) -> Desk {
        _read { yield table[place] }
        _modify { yield &table[place] }
    }

    /// The place of an instrument's desk, which is set up where there was none.
    mutating func place(of instrument: Instrument) -> Int {
        table.place(of: instrument, orAdd: Desk(instrument))
    }

    /// Puts a desk in the place of the one that its instrument had.
    mutating func put(_ desk: Desk) { table.set(desk, of: desk.instrument) }

    /// Has every strategy of one instrument look at one bar; the desk's place where something is to be said.
    mutating func take(_ bar: borrowing FeatureSet, _ stopwatch: (any DecisionStopwatch)?) -> Int? {
        let place = place(of: bar.instrument)
        if table[place].rosterRevision != roster.revision { table[place].seatMissing(roster) }
        return table[place].take(bar, equity: equity, stopwatch) ? place : nil
    }

    /// A candle opens; the desk's place where a decision waited for it.
    mutating func open(_ instrument: Instrument, from start: UnixMilliseconds, at price: Price) -> Int? {
        let place = place(of: instrument)
        guard table[place].awaitsOpen, table[place].open(start, at: price) else { return nil }
        return place
    }
}
