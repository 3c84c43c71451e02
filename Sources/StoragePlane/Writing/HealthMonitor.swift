import Contracts

/// Makes a ``JournalHealth`` of what the writer meets; a value that is told the time.
struct HealthMonitor {
    private let slowMilliseconds: Int64
    private let stallMilliseconds: Int64
    private let healMillisecondsMax: Int64

    private(set) var health = JournalHealth.ok
    /// Since when what was appended waits for the disk; nil where nothing waits.
    private var waitingSince: UnixMilliseconds?
    private var failing: (since: UnixMilliseconds, health: JournalHealth)?
    private var fatal: JournalHealth?
    /// The newest syncs' times, the newest last.
    private var syncs: [Int64] = []
    /// How many syncs in a row were not slow.
    private var quickCount = 0
    private var slowest: Int64 = 0

    private static let syncCountMax = 128
    /// So many quick syncs in a row end a slow time.
    private static let quickCountMin = 20

    init(_ settings: JournalSettings) {
        slowMilliseconds = Int64(settings.slowMilliseconds)
        stallMilliseconds = Int64(settings.stallMilliseconds)
        healMillisecondsMax = Int64(settings.healMillisecondsMax)
        quickCount = Self.quickCountMin
    }

    /// The 99th hundredth of the newest syncs, in milliseconds.
    var syncP99: Int64 {
        let sorted = syncs.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    }

    // MARK: What happens; each says whether the health is another one

    /// Something was appended, and nothing waited before.
    mutating func began(at now: UnixMilliseconds) {
        if waitingSince == nil { waitingSince = now }
    }

    /// The disk has taken what waited; `goesOn` where more does.
    mutating func advanced(at now: UnixMilliseconds, goesOn: Bool) -> JournalHealth? {
        waitingSince = goesOn ? now : nil
        return judge(at: now)
    }

    mutating func committed(at now: UnixMilliseconds) -> JournalHealth? {
        failing = nil
        return judge(at: now)
    }

    mutating func failed(_ health: JournalHealth, at now: UnixMilliseconds) -> JournalHealth? {
        failing = (failing?.since ?? now, health)
        return judge(at: now)
    }

    mutating func broke(_ why: String, at now: UnixMilliseconds) -> JournalHealth? {
        fatal = fatal ?? .fatal(why: why)
        return judge(at: now)
    }

    mutating func synced(in milliseconds: Int64, at now: UnixMilliseconds) -> JournalHealth? {
        if syncs.count == Self.syncCountMax { syncs.removeFirst() }
        syncs.append(milliseconds)
        if milliseconds > slowMilliseconds {
            quickCount = 0
            slowest = milliseconds
        } else {
            quickCount += 1
        }
        return judge(at: now)
    }

    /// Time has passed.
    mutating func passed(to now: UnixMilliseconds) -> JournalHealth? { judge(at: now) }

    /// The new health; nil where it is of the same kind as before.
    private mutating func judge(at now: UnixMilliseconds) -> JournalHealth? {
        let before = health
        health = judged(at: now)
        return health.kind == before.kind ? nil : health
    }

    private func judged(at now: UnixMilliseconds) -> JournalHealth {
        if let fatal { return fatal }
        // What is lost stays so: the daemon is on its way out.
        if case .lost = health { return health }
        if let failing {
            return now - failing.since >= healMillisecondsMax
                ? .lost(why: failing.health.why) : failing.health
        }
        if let waitingSince, now - waitingSince >= stallMilliseconds {
            return .stalled(milliseconds: now - waitingSince)
        }
        return quickCount < Self.quickCountMin ? .slow(milliseconds: slowest) : .ok
    }
}
