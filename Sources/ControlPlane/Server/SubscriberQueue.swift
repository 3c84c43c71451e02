import ControlProtocol

/// The events that one subscriber has not read yet: bounded, in order, and honest about what it left out.
struct SubscriberQueue {
    private enum Entry {
        case line(sequence: UInt64, [UInt8])
        case gap(ClosedRange<UInt64>)
    }

    private var entries: [Entry] = []
    private var head = 0
    private var lineCount = 0
    private var isHeld = false

    /// Whether an event did not fit since the last ``hold()``.
    private(set) var hasLost = false

    /// Keeps back everything from here on until ``release(after:)``, and forgets what came before.
    mutating func hold() {
        self = SubscriberQueue()
        isHeld = true
    }

    /// Goes on; events up to `sequence` have been sent already.
    mutating func release(after sequence: UInt64) {
        isHeld = false
        entries = entries[head...].filter { entry in
            switch entry {
            case .line(let number, _): number > sequence
            case .gap(let lost): lost.upperBound > sequence
            }
        }
        head = 0
        lineCount = entries.count { if case .line = $0 { true } else { false } }
    }

    mutating func offer(_ line: [UInt8], sequence: UInt64) {
        guard lineCount < ControlLimits.subscriberEventsMax else { return note(lost: sequence...sequence) }
        entries.append(.line(sequence: sequence, line))
        lineCount += 1
    }

    /// Remembers, at its place among the events, that some were left out.
    mutating func note(lost range: ClosedRange<UInt64>) {
        hasLost = true
        if head < entries.count, case .gap(let before)? = entries.last {
            entries[entries.count - 1] = .gap(before.lowerBound...max(before.upperBound, range.upperBound))
        } else {
            entries.append(.gap(range))
        }
    }

    /// The next line to send: an event, or the gap where events were left out.
    mutating func next() -> [UInt8]? {
        guard !isHeld, head < entries.count else { return nil }
        let entry = entries[head]
        head += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > ControlLimits.subscriberEventsMax {
            entries.removeFirst(head)
            head = 0
        }
        switch entry {
        case .gap(let lost): return ServerFrame.gap(from: lost.lowerBound, to: lost.upperBound).encodedLine()
        case .line(_, let line):
            lineCount -= 1
            return line
        }
    }
}
