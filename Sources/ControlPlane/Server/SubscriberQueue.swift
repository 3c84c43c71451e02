import ControlProtocol

/// The events that one subscriber has not read yet: bounded, and honest about what it had to leave out.
struct SubscriberQueue {
    private var lines: [(sequence: UInt64, line: [UInt8])] = []
    private var head = 0
    private var lost: ClosedRange<UInt64>?
    private var isHeld = false

    /// Whether an event did not fit since the last ``hold()``.
    var hasLost: Bool { lost != nil }

    /// Keeps back everything from here on until ``release(after:)``, and forgets what came before.
    mutating func hold() {
        lines.removeAll(keepingCapacity: true)
        head = 0
        lost = nil
        isHeld = true
    }

    /// Goes on; events up to `sequence` have been sent already.
    mutating func release(after sequence: UInt64) {
        isHeld = false
        lines = lines[head...].filter { $0.sequence > sequence }
        head = 0
    }

    mutating func offer(_ line: [UInt8], sequence: UInt64) {
        guard lines.count - head < ControlLimits.subscriberEventsMax else {
            return note(lost: sequence...sequence)
        }
        lines.append((sequence, line))
    }

    mutating func note(lost range: ClosedRange<UInt64>) {
        lost =
            lost.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
    }

    /// The next line to send; a gap is told as soon as the events before it are sent.
    mutating func next() -> [UInt8]? {
        guard !isHeld else { return nil }
        if let lost, head == lines.count || lines[head].sequence > lost.lowerBound {
            self.lost = nil
            return ServerFrame.gap(from: lost.lowerBound, to: lost.upperBound).encodedLine()
        }
        guard head < lines.count else {
            lines.removeAll(keepingCapacity: true)
            head = 0
            return nil
        }
        head += 1
        let line = lines[head - 1].line
        if head > ControlLimits.subscriberEventsMax {
            lines.removeFirst(head)
            head = 0
        }
        return line
    }
}
