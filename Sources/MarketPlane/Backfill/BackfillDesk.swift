import Contracts

/// Which streams are whole, which wait for an answer, and which question is due: all that ``Backfiller`` decides.
///
/// A value: it is told the time, and what goes on to the kernel goes through `post`, which says whether there was room.
struct BackfillDesk {
    typealias Post = (AnyEvent) -> Bool

    struct Question: Hashable {
        let lane: BackfillLane.ID
        let count: Int
    }

    enum Next: Hashable {
        case ask(Question)
        case wait(milliseconds: Int64)
        case idle
    }

    /// What went wrong, for an operator.
    struct Trouble: Hashable {
        let instrument: Instrument
        let code: String
        let what: String
        let why: String
        var retryMilliseconds: Int64?
    }

    /// How soon the kernel is asked for room again.
    private static let drainMilliseconds: Int64 = 2
    /// After so many answers that are too old for a hole that is to be filled late, it stays as it is.
    private static let lateAskCountMax = 12

    private let settings: BackfillSettings
    private var lanes: [BackfillLane.ID: BackfillLane] = [:]
    private var connected: Set<Category> = []
    /// Whether there may be something to do that was not there when it was last looked at.
    var hasNews = false

    init(settings: BackfillSettings) { self.settings = settings }

    // MARK: What is wanted, and what breaks it

    mutating func want(_ instruments: [Instrument], _ streams: [MarketStream], at now: UnixMilliseconds) {
        for instrument in instruments {
            for stream in streams.flatMap({ Self.lanes(of: $0, instrument.category) }) {
                let id = BackfillLane.ID(stream: stream, instrument: instrument)
                guard lanes[id] == nil else { continue }
                lanes[id] = BackfillLane(stream, heldCountMax: settings.holdCountMax)
                if connected.contains(instrument.category) { beginGap(id, at: now) }
            }
        }
    }

    /// A connection of the category is new: anything may have been missed before it.
    mutating func connected(_ category: Category, at now: UnixMilliseconds) {
        connected.insert(category)
        for id in lanes.keys where id.instrument.category == category { beginGap(id, at: now) }
    }

    /// Something of this stream was lost.
    mutating func missed(_ instrument: Instrument, _ stream: MarketStream, at now: UnixMilliseconds) {
        for stream in Self.lanes(of: stream, instrument.category) {
            let id = BackfillLane.ID(stream: stream, instrument: instrument)
            lanes[id]?.joiner.noteLoss()
            beginGap(id, at: now)
        }
    }

    private mutating func beginGap(_ id: BackfillLane.ID, at now: UnixMilliseconds) {
        guard var lane = lanes[id] else { return }
        hasNews = true
        lane.joiner.beginGap()
        lane.isStale = lane.isAsking
        lane.askCount = 0
        lane.isTold = false
        // Asked too early, an answer may be older than the first trade that streams: that one is waited for.
        lane.due = now + (id.stream == .trades ? settings.quietMilliseconds : 0)
        lanes[id] = lane
    }

    /// The lanes that a subscription fills.
    private static func lanes(of stream: MarketStream, _ category: Category) -> [BackfillLane.ID.Stream] {
        switch stream {
        case .trades: [.trades]
        case .kline(let minutes): [.kline(minutes: minutes)]
        case .ticker: category == .linear || category == .inverse ? [.funding, .openInterest] : []
        case .orderBook, .liquidations, .priceLimit, .adlAlert, .insurance, .systemStatus: []
        }
    }

    // MARK: What streams

    /// Takes one event of a lane; true where it is dealt with, false where the kernel has no room for it.
    mutating func take(
        _ event: AnyEvent,
        at now: UnixMilliseconds,
        _ troubles: inout [Trouble],
        _ post: Post
    ) -> Bool {
        guard let place = BackfillLane.place(of: event), let index = lanes.index(forKey: place.id) else {
            return post(event)
        }
        if case .marketKline(let candle) = event, !candle.isConfirmed {
            // A growing candle waits for nobody; one that has been told closed does not grow any more.
            let isOver = lanes.values[index].joiner.lastTime.map { candle.start <= $0 } ?? false
            return isOver || post(event)
        }
        switch lanes.values[index].joiner.verdict(on: place.key, at: place.time) {
        case .drop: return true
        case .pass:
            guard post(event) else { return false }
            lanes.values[index].joiner.passed(place.key, at: place.time)
            return true
        case .gap:
            beginGap(place.id, at: now)
            fallthrough
        case .hold:
            return hold(
                BackfillLane.Item(key: place.key, time: place.time, payload: event),
                place.id,
                at: now,
                &troubles,
                post
            )
        }
    }

    private mutating func hold(
        _ item: BackfillLane.Item,
        _ id: BackfillLane.ID,
        at now: UnixMilliseconds,
        _ troubles: inout [Trouble],
        _ post: Post
    ) -> Bool {
        guard var lane = lanes.removeValue(forKey: id) else { return post(item.payload) }
        hasNews = true
        defer { lanes[id] = lane }
        if !lane.joiner.hold(item) {
            guard lane.joiner.isJoining else {
                // Held up by the kernel, not by an answer: the connection keeps what has no room.
                lane.joiner.drain(post)
                return lane.joiner.hold(item)
            }
            release(&lane, id, "more than \(settings.holdCountMax) events wait for the answer", &troubles)
            lane.joiner.drain(post)
            guard lane.joiner.hold(item) else { return false }
            noteHold(&lane, id, at: now)
            return true
        }
        noteHold(&lane, id, at: now)
        if !lane.joiner.isJoining { lane.joiner.drain(post) }
        return true
    }

    /// Something is held: an answer is needed, and in time.
    private func noteHold(_ lane: inout BackfillLane, _ id: BackfillLane.ID, at now: UnixMilliseconds) {
        if lane.joiner.isJoining, lane.heldSince == nil {
            lane.heldSince = now
            if id.stream == .trades, !lane.isAsking { lane.due = min(lane.due ?? now, now) }
        }
    }

    private mutating func release(
        _ lane: inout BackfillLane,
        _ id: BackfillLane.ID,
        _ why: String,
        _ troubles: inout [Trouble]
    ) {
        lane.heldSince = nil
        guard lane.joiner.release() else { return }
        lane.lateAskCount = 0
        guard !lane.isTold else { return }
        lane.isTold = true
        troubles.append(
            Trouble(
                instrument: id.instrument,
                code: "backfill.failed",
                what: "\(id.name) of \(id.instrument) go on without what was missed",
                why: why
            )
        )
    }

    // MARK: What is asked

    /// The next thing to do; a question that it gives counts as asked, and what is overdue is done.
    mutating func next(at now: UnixMilliseconds, _ troubles: inout [Trouble], _ post: Post) -> Next {
        let next = peek(at: now, &troubles, post)
        if case .ask(let question) = next {
            lanes[question.lane]?.isAsking = true
            lanes[question.lane]?.isStale = false
            lanes[question.lane]?.due = nil
        }
        return next
    }

    /// The same, the question not being asked yet.
    mutating func peek(at now: UnixMilliseconds, _ troubles: inout [Trouble], _ post: Post) -> Next {
        var best: BackfillLane.ID?
        var wait: Int64?
        var askingCount = 0
        for id in Array(lanes.keys) {
            guard var lane = lanes[id] else { continue }
            if let since = lane.heldSince, now - since >= settings.holdMilliseconds {
                let why = "no answer in \(settings.holdMilliseconds) ms that reaches what streams"
                release(&lane, id, why, &troubles)
                lane.due = lane.due ?? (lane.isAsking ? nil : now)
                lanes[id] = lane
            }
            if !lane.joiner.ready.isEmpty {
                lanes[id]?.joiner.drain(post)
                if lanes[id]?.joiner.ready.isEmpty == false {
                    wait = min(wait ?? .max, Self.drainMilliseconds)
                }
            }
            if let since = lane.heldSince {
                wait = min(wait ?? .max, max(1, since + settings.holdMilliseconds - now))
            }
            if lane.isAsking {
                askingCount += 1
                wait = min(wait ?? .max, settings.holdMilliseconds)
            }
            guard let due = lane.due, !lane.isAsking else { continue }
            if due > now {
                wait = min(wait ?? .max, due - now)
            } else if best.map({ id < $0 }) ?? true {
                best = id
            }
        }
        guard let best, askingCount < settings.questionCountMax else {
            return wait.map { .wait(milliseconds: $0) } ?? .idle
        }
        return .ask(Question(lane: best, count: count(of: best, at: now)))
    }

    /// How many elements to ask for: at the start as the settings say, later what fits in the time since the last.
    private func count(of id: BackfillLane.ID, at now: UnixMilliseconds) -> Int {
        let last = lanes[id]?.joiner.knownThrough
        switch id.stream {
        case .trades: return last == nil ? settings.startTradeCount : .max
        case .kline(let minutes):
            guard let last else { return settings.startBarCount + 1 }
            return Int(min(max((now - last) / (Int64(minutes) * 60_000), 0) + 2, Int64(settings.barCountMax)))
        case .funding: return settings.startFundingCount
        case .openInterest:
            guard let last else { return settings.startOpenInterestCount }
            return Int(min(max((now - last) / 300_000, 0) + 2, 200))
        }
    }

    /// Takes an answer in.
    mutating func settle(
        _ question: Question,
        _ answer: [AnyEvent],
        at now: UnixMilliseconds,
        _ troubles: inout [Trouble],
        _ post: Post
    ) {
        let id = question.lane
        guard var lane = lanes[id] else { return }
        defer { lanes[id] = lane }
        lane.isAsking = false
        lane.failureCount = 0
        guard lane.joiner.wantsAnswer else { return }
        let isFirst = lane.joiner.lastTime == nil
        let isLast = lane.lateAskCount >= Self.lateAskCountMax
        let joined = lane.joiner.join(answer.compactMap(BackfillLane.item), isLast: isLast)
        lane.joiner.drain(post)
        if joined.isHole, !isFirst {
            troubles.append(
                Trouble(
                    instrument: id.instrument,
                    code: "backfill.incomplete",
                    what: "\(id.name) of \(id.instrument) have a hole",
                    why:
                        "the exchange gives \(answer.count) of them, which do not reach back to the last one known"
                )
            )
        }
        let forgottenCount = lane.joiner.takeForgottenHoles()
        if forgottenCount > 0 {
            troubles.append(
                Trouble(
                    instrument: id.instrument,
                    code: "backfill.incomplete",
                    what: "\(id.name) of \(id.instrument) have \(forgottenCount) holes for good",
                    why: "too many waited to be filled at once, and the oldest were given up"
                )
            )
        }
        switch joined.outcome {
        case .again:
            lane.askCount += 1
            lane.due = now + settings.againMilliseconds * Int64(min(lane.askCount, 5))
        case .waiting:
            lane.heldSince = nil
            if lane.isStale { lane.due = now + settings.quietMilliseconds }
        case .whole:
            lane.heldSince = nil
            lane.askCount = 0
            if lane.isStale, id.stream != .trades {
                lane.joiner.beginGap()
                lane.due = now
            }
        }
        if lane.joiner.hasHoles {
            lane.due = min(lane.due ?? .max, now + retryMilliseconds(after: lane.lateAskCount))
            if !lane.joiner.isJoining { lane.lateAskCount += 1 }
        }
    }

    private func retryMilliseconds(after count: Int) -> Int64 {
        min(settings.retryFirstMilliseconds << Int64(min(count, 10)), settings.retryMaxMilliseconds)
    }

    /// Takes in that no answer came.
    mutating func settle(
        _ question: Question,
        _ failure: RestFailure,
        at now: UnixMilliseconds,
        _ troubles: inout [Trouble],
        _ post: Post
    ) {
        let id = question.lane
        guard var lane = lanes[id] else { return }
        defer { lanes[id] = lane }
        lane.isAsking = false
        if failure.isFinal {
            // Not every instrument has every history.
            lane.joiner.giveUp()
            lane.heldSince = nil
            lane.joiner.drain(post)
        } else {
            let delay = max(retryMilliseconds(after: lane.failureCount), failure.waitMilliseconds ?? 0)
            lane.failureCount += 1
            lane.due = now + delay
            // Nothing will come in time: then nothing is held for it.
            if delay >= settings.holdMilliseconds, lane.heldSince != nil {
                lane.joiner.release()
                lane.lateAskCount = 0
                lane.heldSince = nil
                lane.joiner.drain(post)
            }
        }
        guard !lane.isTold || failure.isFinal else { return }
        lane.isTold = true
        troubles.append(
            Trouble(
                instrument: id.instrument,
                code: failure.code(of: "backfill") == failure.code ? failure.code : "backfill.failed",
                what: "\(id.name) of \(id.instrument) that were missed can't be fetched",
                why: failure.why,
                retryMilliseconds: failure.isFinal ? nil : lane.due.map { $0 - now }
            )
        )
    }
}

extension BackfillLane.ID {
    /// For an operator.
    var name: String {
        switch stream {
        case .trades: "trades"
        case .kline(let minutes): "\(minutes)-minute candles"
        case .funding: "funding settlements"
        case .openInterest: "open interest figures"
        }
    }
}
