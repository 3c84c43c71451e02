/// One value an instrument, for the hot path: found without hashing, and in the order of first use.
///
/// A dictionary hashes 33 bytes at each look-up; here the last instrument asked for is compared first, then the others
/// one after the other. Its order is that of insertion, so it may reach an event.
@frozen @usableFromInline package struct InstrumentTable<Value> {
    // Usable from inlined code: a plane that could not specialise it would pay for each look-up many times over.
    @usableFromInline var keys: ContiguousArray<Instrument> = []
    @usableFromInline var held: ContiguousArray<Value> = []
    @usableFromInline var last = 0

    @inlinable package init() {}

    @inlinable package var instruments: ContiguousArray<Instrument> { keys }
    @inlinable package var values: ContiguousArray<Value> { held }
    @inlinable package var count: Int { keys.count }
    @inlinable package var isEmpty: Bool { keys.isEmpty }

    /// The place of an instrument; nil where it has none.
    @inlinable @inline(__always)
    package mutating func place(of instrument: Instrument) -> Int? {
        if last < keys.count, keys[last] == instrument { return last }
        guard let found = keys.firstIndex(of: instrument) else { return nil }
        last = found
        return found
    }

    /// The place of an instrument, made with `value` where it had none.
    @inlinable @inline(__always)
    package mutating func place(of instrument: Instrument, orAdd value: @autoclosure () -> Value) -> Int {
        if let found = place(of: instrument) { return found }
        keys.append(instrument)
        held.append(value())
        last = keys.count - 1
        return last
    }

    @inlinable package subscript(place: Int) -> Value {
        @inline(__always) _read { yield held[place] }
        @inline(__always) _modify { yield &held[place] }
    }

    /// The value of an instrument, without remembering that it was asked for.
    @inlinable package func value(of instrument: Instrument) -> Value? {
        if last < keys.count, keys[last] == instrument { return held[last] }
        return keys.firstIndex(of: instrument).map { held[$0] }
    }

    /// Sets the value of an instrument.
    @inlinable package mutating func set(_ value: Value, of instrument: Instrument) {
        held[place(of: instrument, orAdd: value)] = value
    }
}

extension InstrumentTable: Sendable where Value: Sendable {}
