import Contracts

/// Looks for breaches of one invariant in the order of a journal's events.
protocol InvariantChecker {
    /// As in operations.md, section 4.
    static var id: String { get }
    /// The topics that it looks at; no other event is handed to it.
    static var topics: Set<Topic> { get }

    /// Takes the next event; `place` tells where it stands.
    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void)
}

/// Where an event stands in its journal.
struct EventPlace {
    let sequence: UInt64
    let ts: UnixMilliseconds
    /// The newest event from outside, this one included: everything that was published before it had been delivered.
    let root: UInt64
    /// Whether the journal is there from its first event on.
    let isWhole: Bool
}

/// A fact that others know of once it has been delivered: at the next event from outside at the latest.
///
/// What is published while a fact waits for its delivery could not know of it, and is not held against it.
struct Delivered<Value> {
    private var known: Value
    private var coming: (value: Value, sequence: UInt64)?

    init(_ value: Value) { known = value }

    mutating func publish(_ value: Value, _ place: EventPlace) {
        known = self.value(at: place)
        coming = (value, place.sequence)
    }

    /// What was published last, whether or not everybody knows of it.
    var newest: Value { coming?.value ?? known }

    /// What everybody knows at `place`.
    func value(at place: EventPlace) -> Value {
        if let coming, place.root > coming.sequence { return coming.value }
        return known
    }
}
