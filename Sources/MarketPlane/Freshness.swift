import Contracts

/// What is known of one instrument's data; each change says whether the state became another one.
///
/// What comes late in a burst, as after a standstill, is looked at as it comes: it is not decided on as if it were new.
struct Freshness {
    /// What the data of an instrument comes by, each with an age of its own.
    enum Source: Int, CaseIterable {
        case ticker, trades, book, candles
    }

    /// When a source was last heard of, by our clock and by the exchange's.
    struct Heard: Equatable {
        var arrival: UnixMilliseconds
        var exchange: UnixMilliseconds?
    }

    /// What an instrument's age is held to.
    struct Limits {
        let silence: Int64
        let exchangeAge: Int64

        /// Who is stale becomes fresh by data that are clearly young, or data about the limit would change it with
        /// every message.
        var ofRecovery: Self { Self(silence: silence, exchangeAge: exchangeAge / 5 * 4) }
    }

    /// Quiet sources are common; one silent for this many limits while the rest goes on is taken for dead.
    private static let sourceLimits: Int64 = 4

    /// The depths of its books; empty where none is watched.
    private(set) var bookDepths: Set<Int> = []
    /// Whether its ticker can't be quiet for long while it lives: marks of derivatives move each second.
    private let hasSteadyTicker: Bool
    private(set) var state = FeedHealth.State.stale
    private(set) var detail = "no data yet"
    private(set) var lastHeard: UnixMilliseconds?
    /// The newest time of the exchange that any of its data bears.
    private(set) var newestExchange: UnixMilliseconds?
    private(set) var lag: Int64 = 0
    private var sources: [Heard?] = Array(repeating: nil, count: Source.allCases.count)
    /// Books that are known again only from their next snapshot on, after a lost connection.
    private var lostDepths: Set<Int> = []
    /// Books that broke and did not come whole again.
    private var brokenDepths: Set<Int> = []

    init(category: Category) { hasSteadyTicker = category == .linear || category == .inverse }

    /// When each source was last heard of; nil for one that never was.
    subscript(source: Source) -> Heard? { sources[source.rawValue] }

    mutating func watchBooks(depths: some Sequence<Int>) {
        for depth in depths where bookDepths.insert(depth).inserted { lostDepths.insert(depth) }
    }

    mutating func heard(
        _ source: Source,
        at now: UnixMilliseconds,
        exchangeTime: UnixMilliseconds?,
        offset: Int64,
        limits: Limits
    ) -> Bool {
        note(source, now, exchangeTime, offset)
        if state == .fresh { return look(at: now, offset: offset, limits: limits) }
        guard bookDepths.isEmpty, trouble(at: now, offset: offset, limits: limits.ofRecovery) == nil
        else { return false }
        return move(to: .fresh, "data comes in")
    }

    mutating func heardBook(
        at now: UnixMilliseconds,
        exchangeTime: UnixMilliseconds,
        depth: Int,
        isSnapshot: Bool,
        offset: Int64,
        limits: Limits
    ) -> Bool {
        note(.book, now, exchangeTime, offset)
        if isSnapshot { gotSnapshot(depth) }
        if state == .fresh { return look(at: now, offset: offset, limits: limits) }
        guard lostDepths.isEmpty, brokenDepths.isEmpty,
            trouble(at: now, offset: offset, limits: limits.ofRecovery) == nil
        else { return false }
        return move(to: .fresh, isSnapshot ? "the book is whole" : "the book moves again")
    }

    /// The book of `depth` broke; every book where nil.
    mutating func broke(depth: Int?, _ why: String) -> Bool {
        brokenDepths.formUnion(depth.map { [$0] } ?? bookDepths)
        return move(to: .resyncing, why)
    }

    mutating func lost(_ why: String) -> Bool {
        lostDepths = bookDepths
        brokenDepths = []
        sources = Array(repeating: nil, count: Source.allCases.count)
        return move(to: .stale, "the connection is lost: \(why)")
    }

    /// Looks for what stands still, by arrival and by the exchange's time.
    mutating func look(at now: UnixMilliseconds, offset: Int64, limits: Limits) -> Bool {
        guard state == .fresh, let why = trouble(at: now, offset: offset, limits: limits) else {
            return false
        }
        return move(to: .stale, why)
    }

    /// How old the newest data is by the exchange's clock; `offset` is how far ours is ahead of it.
    func exchangeAge(at now: UnixMilliseconds, offset: Int64) -> Int64 {
        newestExchange.map { now - offset - $0 } ?? 0
    }

    /// What makes the data unfit to decide on; nil where nothing does.
    private func trouble(at now: UnixMilliseconds, offset: Int64, limits: Limits) -> String? {
        guard let lastHeard else { return "no data yet" }
        let silence = limits.silence
        if now - lastHeard > silence { return "no data for \(now - lastHeard) ms, limit \(silence) ms" }
        let age = exchangeAge(at: now, offset: offset)
        if age > limits.exchangeAge {
            return "the newest data is \(age) ms old by the exchange's time, limit \(limits.exchangeAge) ms"
        }
        if let book = self[.book], now - book.arrival > silence * Self.sourceLimits {
            return "no book data for \(now - book.arrival) ms while other data comes"
        }
        if hasSteadyTicker, let ticker = self[.ticker], now - ticker.arrival > silence * Self.sourceLimits {
            return "no ticker for \(now - ticker.arrival) ms while other data comes"
        }
        return nil
    }

    private mutating func note(
        _ source: Source,
        _ now: UnixMilliseconds,
        _ exchangeTime: UnixMilliseconds?,
        _ offset: Int64
    ) {
        lastHeard = now
        sources[source.rawValue] = Heard(arrival: now, exchange: exchangeTime ?? self[source]?.exchange)
        guard let exchangeTime else { return }
        lag = now - exchangeTime
        // A time to come would hide that time stands still.
        let believed = min(exchangeTime, now - offset)
        newestExchange = max(newestExchange ?? believed, believed)
    }

    private mutating func gotSnapshot(_ depth: Int) {
        lostDepths.remove(depth)
        brokenDepths.remove(depth)
    }

    private mutating func move(to state: FeedHealth.State, _ detail: String) -> Bool {
        self.detail = detail
        guard self.state != state else { return false }
        self.state = state
        return true
    }
}
