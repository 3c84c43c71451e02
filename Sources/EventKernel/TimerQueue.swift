import Contracts

/// Names one timer of one kernel.
package struct TimerID: Hashable, Sendable {
    let number: UInt64
}

/// Timers, by deadline and then by registration.
struct TimerQueue {
    struct Entry {
        var deadline: UnixMilliseconds
        let id: TimerID
        let module: Module
        let action: () throws -> Void

        func isLater(than other: Entry) -> Bool {
            (deadline, id.number) > (other.deadline, other.id.number)
        }
    }

    /// Latest first, so that the next one is taken off the end.
    private var entries: [Entry] = []
    private var lastNumber: UInt64 = 0

    var nextDeadline: UnixMilliseconds? { entries.last?.deadline }

    /// The same as one number, far in the future without timers: asked at every event.
    private(set) var firstDeadline = UnixMilliseconds.max

    mutating func add(
        at deadline: UnixMilliseconds,
        module: Module,
        _ action: @escaping () throws -> Void
    ) -> TimerID {
        lastNumber += 1
        let entry = Entry(deadline: deadline, id: TimerID(number: lastNumber), module: module, action: action)
        let place = entries.lastIndex { $0.isLater(than: entry) }.map { $0 + 1 } ?? 0
        entries.insert(entry, at: place)
        noteFirst()
        return entry.id
    }

    mutating func delayAll(by delay: Int64) {
        for index in entries.indices { entries[index].deadline += delay }
        noteFirst()
    }

    mutating func remove(_ id: TimerID) {
        entries.removeAll { $0.id == id }
        noteFirst()
    }

    mutating func popDue(at time: UnixMilliseconds) -> Entry? {
        guard firstDeadline <= time, let due = entries.popLast() else { return nil }
        noteFirst()
        return due
    }

    private mutating func noteFirst() { firstDeadline = entries.last?.deadline ?? .max }
}
