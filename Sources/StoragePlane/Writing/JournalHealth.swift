import Contracts

/// How the journal gets on with its disk: what may still be traded on, and when the daemon has to end.
package enum JournalHealth: Hashable, Sendable {
    case ok
    /// The disk takes long, and takes everything: orders wait for it, no gate closes (fault D3).
    case slow(milliseconds: Int64)
    /// Something has waited for the disk for too long.
    case stalled(milliseconds: Int64)
    /// There is no room; tried again (fault D1).
    case full(why: String)
    /// Writes fail; tried again (fault D1).
    case failed(why: String)
    /// Writes have failed for so long that the daemon ends, with status 74.
    case lost(why: String)
    /// The disk has not kept what it was given: the daemon crashes at once and recovers from what is there (fault D2).
    case fatal(why: String)

    /// Whether orders may be placed: what allows them can be brought to the disk.
    package var allowsTrading: Bool {
        switch self {
        case .ok, .slow: true
        case .stalled, .full, .failed, .lost, .fatal: false
        }
    }

    /// The status that the daemon ends with; nil where it goes on.
    package var exitStatus: Int32? {
        switch self {
        case .ok, .slow, .stalled, .full, .failed: nil
        case .lost, .fatal: 74
        }
    }

    /// In a sentence, for the gate's reason and the log.
    package var why: String {
        switch self {
        case .ok: "the journal's disk takes what it is given"
        case .slow(let milliseconds): "the journal's disk took \(milliseconds) ms for one sync"
        case .stalled(let milliseconds): "the journal has waited \(milliseconds) ms for its disk"
        case .full(let why): "the journal's disk is full: \(why)"
        case .failed(let why): "the journal cannot be written: \(why)"
        case .lost(let why): "the journal could not be written for too long: \(why)"
        case .fatal(let why): "the journal's disk has lost what it was given: \(why)"
        }
    }

    /// The same apart from its figures, so that a state is told once.
    var kind: Int {
        switch self {
        case .ok: 0
        case .slow: 1
        case .stalled: 2
        case .full: 3
        case .failed: 4
        case .lost: 5
        case .fatal: 6
        }
    }
}

extension JournalHealth {
    /// The same for the bus.
    package func event(at ts: UnixMilliseconds) -> JournalCondition {
        JournalCondition(
            meta: EventMeta(source: .storage, ts: ts),
            kind: condition,
            allowsTrading: allowsTrading,
            why: why
        )
    }

    private var condition: JournalCondition.Kind {
        switch self {
        case .ok: .ok
        case .slow: .slow
        case .stalled: .stalled
        case .full: .full
        case .failed: .failed
        case .lost: .lost
        case .fatal: .fatal
        }
    }
}
