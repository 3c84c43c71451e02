import Contracts

/// Joins what is fetched to what streams, of one stream of one instrument: in order, nothing twice, nothing lost.
///
/// After a gap what streams is held until an answer is in that reaches from what was passed on before the gap to what
/// is held. A value without clock, socket or bus: the caller passes on what it says may be passed on, and reports it.
///
/// - Order: what was missed, oldest first, then what was held, then what streams.
/// - Errors: none; where an answer does not reach back far enough, ``Joined/isHole`` says so.
package struct StreamJoiner<Payload> {
    /// How elements of the stream are told apart, and how it is known that none is missing between two.
    package enum Kind: Hashable {
        /// By an identity of their own; an answer must name both ends of a gap.
        case identity
        /// By their time, each so many milliseconds after the one before; nil where that is not always the same.
        case step(milliseconds: Int64?)
        /// By their time, which may be any: states, of which there is no knowing whether one is missing.
        case state
    }

    package enum Key: Hashable {
        case trade(TradeID)
        case time(UnixMilliseconds)
    }

    package struct Item {
        package let key: Key
        package let time: UnixMilliseconds
        package let payload: Payload
        /// Told after younger ones: it must not count as the newest.
        package var isLate = false

        package init(key: Key, time: UnixMilliseconds, payload: Payload, isLate: Bool = false) {
            self.key = key
            self.time = time
            self.payload = payload
            self.isLate = isLate
        }
    }

    package enum Verdict: Hashable {
        /// Pass it on, and report it by ``passed(_:at:)``.
        case pass
        /// It was here before.
        case drop
        /// Give it to ``hold(_:)``.
        case hold
        /// Something is missing before it: begin a gap and hold it.
        case gap
    }

    package struct Joined: Hashable {
        /// What the answer has done for the gap.
        package enum Outcome: Hashable {
            /// It is closed.
            case whole
            /// Everything up to now is known; only what streams next can show that nothing lies between.
            case waiting
            /// The answer is older than what is held: a newer one is needed.
            case again
        }

        package var outcome: Outcome
        /// How many elements were missing.
        package var missingCount = 0
        /// The answer does not reach back to what was known before the gap.
        package var isHole = false

        package init(outcome: Outcome, missingCount: Int = 0, isHole: Bool = false) {
            self.outcome = outcome
            self.missingCount = missingCount
            self.isHole = isHole
        }
    }

    package let kind: Kind
    private let heldCountMax: Int
    package private(set) var isJoining = false
    /// May be passed on, in this order.
    package private(set) var ready: [Item] = []
    /// Streamed since the gap.
    package private(set) var held: [Item] = []
    /// Which of the held ones is the first after the newest gap.
    private var anchor = 0
    private var waiting: Set<Key> = []
    private var recent: RecentKeys<Key>
    package private(set) var lastTime: UnixMilliseconds?
    private var lastKey: Key?
    /// A hole that was given up holding for, to be filled late: what lies before it and behind it.
    private struct Hole {
        let after: Key?
        let afterTime: UnixMilliseconds?
        let before: Item
        /// What was passed on out of its midst.
        let known: Set<Key>
    }

    /// The most holes that are kept to be filled; of more than these the oldest stay open.
    private static var holeCountMax: Int { 16 }
    /// How many were given up for newer ones, and nobody has asked about them yet.
    private var forgottenHoleCount = 0

    private var holes: [Hole] = []
    private var hasLoss = false

    package init(kind: Kind, heldCountMax: Int, recentCountMax: Int) {
        self.kind = kind
        self.heldCountMax = heldCountMax
        recent = RecentKeys(countMax: recentCountMax)
    }

    /// The newest element before which nothing is missing that an answer could still bring.
    package var knownThrough: UnixMilliseconds? { holes.first.map(\.afterTime) ?? lastTime }

    /// Whether holes wait to be filled late.
    package var hasHoles: Bool { !holes.isEmpty }

    /// Whether an answer would be of use.
    package var wantsAnswer: Bool { isJoining || !holes.isEmpty }

    // MARK: What streams

    /// Some of what streamed before was lost on its way: a later answer brings it, late.
    package mutating func noteLoss() { hasLoss = true }

    /// Something may be missing from here on.
    package mutating func beginGap() {
        isJoining = true
        anchor = held.count
    }

    package func verdict(on key: Key, at time: UnixMilliseconds) -> Verdict {
        if isKnown(key, at: time) { return .drop }
        if isJoining { return .hold }
        if isLeap(from: tailTime, to: time) { return .gap }
        if !ready.isEmpty { return .hold }
        return .pass
    }

    /// Keeps one until the gap is closed; false where there is no more room.
    package mutating func hold(_ item: Item) -> Bool {
        guard held.count + ready.count < heldCountMax else { return false }
        waiting.insert(item.key)
        if isJoining {
            // One is missing here too: the answer must reach up to this one.
            if isLeap(from: held.last?.time, to: item.time) { anchor = held.count }
            held.append(item)
        } else {
            ready.append(item)
        }
        return true
    }

    /// One has been passed on.
    package mutating func passed(_ key: Key, at time: UnixMilliseconds, isLate: Bool = false) {
        if case .identity = kind { recent.insert(key) }
        guard !isLate, lastTime.map({ time >= $0 }) ?? true else { return }
        lastTime = time
        lastKey = key
    }

    /// Passes on what may be, until there is no room for more.
    package mutating func drain(_ pass: (Payload) -> Bool) {
        var count = 0
        for item in ready {
            guard pass(item.payload) else { break }
            passed(item.key, at: item.time, isLate: item.isLate)
            waiting.remove(item.key)
            count += 1
        }
        ready.removeFirst(count)
    }

    /// Whether this one has been passed on, or waits to be.
    private func isKnown(_ key: Key, at time: UnixMilliseconds) -> Bool {
        if waiting.contains(key) { return true }
        switch kind {
        case .identity: return recent.contains(key)
        case .step: return tailTime.map { time <= $0 } ?? false
        case .state: return false
        }
    }

    /// The newest that has been passed on, or will be without any answer.
    private var tailTime: UnixMilliseconds? { ready.last { !$0.isLate }?.time ?? lastTime }

    private func isLeap(from before: UnixMilliseconds?, to time: UnixMilliseconds) -> Bool {
        guard case .step(let step?) = kind, let before else { return false }
        return time > before + step
    }

    // MARK: What is fetched

    /// Gives up holding: what is held may be passed on, and the hole is filled by a later answer.
    ///
    /// False where nothing is held that an answer could let go.
    @discardableResult
    package mutating func release() -> Bool {
        guard isJoining, let last = held.indices.last else { return false }
        let tail = ready.last { !$0.isLate }
        let end = min(anchor, last)
        if holes.count == Self.holeCountMax {
            holes.removeFirst()
            forgottenHoleCount += 1
        }
        holes.append(
            Hole(
                after: tail?.key ?? lastKey,
                afterTime: tail?.time ?? lastTime,
                before: held[end],
                known: Set(held[..<end].map(\.key))
            )
        )
        // A gap that nothing has streamed after yet goes on.
        let goesOn = anchor > last
        finish(with: held)
        isJoining = goesOn
        return true
    }

    /// How many holes were given up for newer ones since the last call.
    package mutating func takeForgottenHoles() -> Int {
        defer { forgottenHoleCount = 0 }
        return forgottenHoleCount
    }

    /// Nothing will be fetched for this stream.
    package mutating func giveUp() {
        holes = []
        if isJoining { finish(with: held) }
    }

    /// Takes an answer in, oldest element first; after the last one nothing late is waited for any more.
    package mutating func join(_ answer: [Item], isLast: Bool = false) -> Joined {
        var joined = fillHoles(answer, isLast: isLast)
        joined.missingCount += fillLoss(answer)
        guard isJoining else { return joined }
        let newest = if case .identity = kind { joinByIdentity(answer) } else { joinByTime(answer) }
        joined.outcome = newest.outcome
        joined.missingCount += newest.missingCount
        joined.isHole = joined.isHole || newest.isHole
        return joined
    }

    private mutating func finish(with items: [Item]) {
        ready += items
        for item in items { waiting.insert(item.key) }
        held = []
        anchor = 0
        isJoining = false
    }

    private mutating func joinByIdentity(_ answer: [Item]) -> Joined {
        // Everything up to the newest one that has been passed on is known.
        let known = answer.lastIndex { isPassed($0.key) }
        let isHole = known == nil && lastKey != nil && answer.last.map(isAfterLast) ?? false
        let fresh = answer[(known.map { $0 + 1 } ?? 0)...].filter { known != nil || isAfterLast($0) }
        guard held.indices.contains(anchor) else { return joinUnanchored(fresh, isHole) }
        guard let end = end(of: fresh, before: held[anchor]) else {
            // The answer ends before what is held begins: what it has is older than all of that.
            let missing = anchor == 0 ? take(fresh) : 0
            return Joined(outcome: .again, missingCount: missing, isHole: isHole && anchor == 0)
        }
        let (merged, missing) = merge(fresh[..<end], with: held[..<anchor])
        finish(with: merged + held[anchor...])
        return Joined(outcome: .whole, missingCount: missing, isHole: isHole)
    }

    /// Nothing has streamed since the gap: all there is now may be passed on, but more may come before that.
    private mutating func joinUnanchored(_ fresh: [Item], _ isHole: Bool) -> Joined {
        guard let last = held.last else {
            return Joined(outcome: .waiting, missingCount: take(fresh), isHole: isHole)
        }
        let reaches = fresh.contains { $0.key == last.key } || fresh.last.map { $0.time > last.time } ?? false
        guard reaches else { return Joined(outcome: .again) }
        let (merged, missing) = merge(fresh[...], with: held[...])
        finish(with: merged)
        isJoining = true
        return Joined(outcome: .waiting, missingCount: missing, isHole: isHole)
    }

    private mutating func joinByTime(_ answer: [Item]) -> Joined {
        let fresh = answer.filter { isAfterLast($0) && !waiting.contains($0.key) }
        let first = held.indices.contains(anchor) ? held[anchor] : nil
        let missing = fresh.filter { item in first.map { item.time < $0.time } ?? true }
        var isHole = false
        var outcome = Joined.Outcome.whole
        if case .step(let step?) = kind {
            isHole = answer.first.map { isLeap(from: tailTime, to: $0.time) } ?? false
            // What was held before the newest gap is whole only as far as the answer reaches, too.
            let reach = (first ?? held.last)?.time
            if let reach, (answer.last?.time ?? tailTime).map({ $0 + step < reach }) ?? false {
                outcome = .again
            }
        }
        let merged = (missing + held).sorted { $0.time < $1.time }
        if outcome == .again {
            return Joined(outcome: .again, missingCount: anchor == 0 ? take(missing) : 0, isHole: isHole)
        }
        finish(with: merged)
        return Joined(outcome: .whole, missingCount: missing.count, isHole: isHole)
    }

    /// Fills holes whose ends were passed on long ago, as far as the answer reaches; what fills them comes late.
    private mutating func fillHoles(_ answer: [Item], isLast: Bool) -> Joined {
        var joined = Joined(outcome: .whole)
        var open: [Hole] = []
        for hole in holes {
            let isReached = reaches(answer, hole.before)
            if isLast || isReached {
                joined.missingCount += fill(hole, answer, &joined.isHole)
                if !isReached { joined.isHole = true }
            } else {
                open.append(hole)
            }
        }
        holes = open
        return joined
    }

    private mutating func fill(_ hole: Hole, _ answer: [Item], _ isHole: inout Bool) -> Int {
        let begin = hole.after.flatMap { after in answer.lastIndex { $0.key == after } }
        let end = answer.firstIndex { $0.key == hole.before.key || $0.time > hole.before.time }
        if begin == nil, hole.after != nil { isHole = true }
        let first = begin.map { $0 + 1 } ?? 0
        var missing = answer[first..<max(first, end ?? answer.count)]
            .filter { item in begin != nil || hole.afterTime.map { item.time >= $0 } ?? true }
            .filter { !waiting.contains($0.key) && !isPassed($0.key) && !hole.known.contains($0.key) }
        for index in missing.indices { missing[index].isLate = true }
        return take(missing)
    }

    /// Whether an answer is young enough to have all that lies before `item`; of states there is no knowing.
    private func reaches(_ answer: [Item], _ item: Item) -> Bool {
        switch kind {
        case .state: true
        case .identity: answer.contains { $0.key == item.key || $0.time > item.time }
        case .step(let step): answer.last.map { $0.time + (step ?? 0) >= item.time } ?? false
        }
    }

    /// Brings what lies between others that have been passed on and was lost on its way.
    private mutating func fillLoss(_ answer: [Item]) -> Int {
        guard hasLoss else { return 0 }
        hasLoss = false
        guard let first = answer.firstIndex(where: { isPassed($0.key) }),
            let last = answer.lastIndex(where: { isPassed($0.key) })
        else { return 0 }
        var missing = answer[first...last].filter { !isPassed($0.key) && !waiting.contains($0.key) }
        for index in missing.indices { missing[index].isLate = true }
        return take(missing)
    }

    // MARK: Helpers

    private func isPassed(_ key: Key) -> Bool {
        if case .identity = kind { recent.contains(key) } else { false }
    }

    private func isAfterLast(_ item: Item) -> Bool {
        tailTime.map { item.time > $0 } ?? true
    }

    /// Where in an answer the first one after the gap stands; nil where the answer does not reach so far.
    private func end(of fresh: [Item], before first: Item) -> Int? {
        if let end = fresh.firstIndex(where: { $0.key == first.key }) { return end }
        // An answer may leave one out that streams; it has reached that time if it names a later one.
        return fresh.firstIndex { $0.time > first.time }
    }

    /// Puts an answer and what was held before the newest gap together, in the answer's order.
    private func merge(
        _ answer: ArraySlice<Item>,
        with held: ArraySlice<Item>
    ) -> (items: [Item], missingCount: Int) {
        var merged: [Item] = []
        var (next, missing) = (held.startIndex, 0)
        let places = Dictionary(uniqueKeysWithValues: zip(held.map(\.key), held.indices))
        for item in answer {
            if let place = places[item.key] {
                guard place >= next else { continue }
                merged += held[next...place]
                next = place + 1
            } else if !waiting.contains(item.key) {
                merged.append(item)
                missing += 1
            }
        }
        return (merged + held[next...], missing)
    }

    /// Lets these be passed on, unless they wait already.
    private mutating func take(_ items: [Item]) -> Int {
        let fresh = items.filter { !waiting.contains($0.key) }
        for item in fresh { waiting.insert(item.key) }
        ready += fresh
        return fresh.count
    }
}
