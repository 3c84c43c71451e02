/// One value an instrument, for the hot path: found without hashing, and in the order of first use.
///
/// A dictionary hashes 33 bytes at each look-up; here the last instrument asked for is compared first, then the others
/// one after the other. Its order is that of insertion, so it may reach an event.
package struct InstrumentTable<Value> {
    package private(set) var instruments: ContiguousArray<Instrument> = []
    package private(set) var values: ContiguousArray<Value> = []
    private var last = 0

    package init() {}

    package var count: Int { instruments.count }
    package var isEmpty: Bool { instruments.isEmpty }

    /// The place of an instrument; nil where it has none.
    @inline(__always)
    package mutating func place(of instrument: Instrument) -> Int? {
        if last < instruments.count, instruments[last] == instrument { return last }
        guard let found = instruments.firstIndex(of: instrument) else { return nil }
        last = found
        return found
    }

    /// The place of an instrument, made with `value` where it had none.
    @inline(__always)
    package mutating func place(of instrument: Instrument, orAdd value: @autoclosure () -> Value) -> Int {
        if let found = place(of: instrument) { return found }
        instruments.append(instrument)
        values.append(value())
        last = instruments.count - 1
        return last
    }

    package subscript(place: Int) -> Value {
        @inline(__always) get { values[place] }
        @inline(__always) _modify { yield &values[place] }
    }

    /// The value of an instrument, without remembering that it was asked for.
    package func value(of instrument: Instrument) -> Value? {
        if last < instruments.count, instruments[last] == instrument { return values[last] }
        return instruments.firstIndex(of: instrument).map { values[$0] }
    }

    /// Sets the value of an instrument.
    package mutating func set(_ value: Value, of instrument: Instrument) {
        values[place(of: instrument, orAdd: value)] = value
    }
}

extension InstrumentTable: Sendable where Value: Sendable {}
