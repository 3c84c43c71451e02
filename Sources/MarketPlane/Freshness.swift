import Contracts

/// What is known of one instrument's data; each change says whether the state became another one.
struct Freshness {
    /// Quiet books are common; one silent for this many limits while the rest goes on is taken for dead.
    private static let bookLimits: Int64 = 4

    var hasBook: Bool
    private(set) var state = FeedHealth.State.stale
    private(set) var detail = "no data yet"
    private(set) var lastHeard: UnixMilliseconds?
    private(set) var lag: Int64 = 0
    private var lastBook: UnixMilliseconds?
    /// After a lost connection the book is known again only from its snapshot on.
    private var needsSnapshot = true

    init(hasBook: Bool) { self.hasBook = hasBook }

    mutating func heard(at now: UnixMilliseconds, exchangeTime: UnixMilliseconds?) -> Bool {
        lastHeard = now
        if let exchangeTime { lag = now - exchangeTime }
        guard state == .stale else { return false }
        return hasBook ? false : move(to: .fresh, "data comes in")
    }

    mutating func heardBook(
        at now: UnixMilliseconds,
        exchangeTime: UnixMilliseconds,
        isSnapshot: Bool
    ) -> Bool {
        lastHeard = now
        lastBook = now
        lag = now - exchangeTime
        if isSnapshot { needsSnapshot = false }
        guard state != .fresh, !needsSnapshot else { return false }
        return move(to: .fresh, isSnapshot ? "the book is whole" : "the book moves again")
    }

    mutating func broke(_ why: String) -> Bool {
        needsSnapshot = true
        return move(to: .resyncing, why)
    }

    mutating func lost(_ why: String) -> Bool {
        needsSnapshot = true
        return move(to: .stale, "the connection is lost: \(why)")
    }

    mutating func lookForSilence(at now: UnixMilliseconds, limit: Int64) -> Bool {
        guard state == .fresh, let lastHeard else { return false }
        if now - lastHeard > limit {
            return move(to: .stale, "no data for \(now - lastHeard) ms, limit \(limit) ms")
        }
        guard hasBook, let lastBook, now - lastBook > limit * Self.bookLimits else { return false }
        return move(to: .stale, "no book data for \(now - lastBook) ms while other data comes")
    }

    private mutating func move(to state: FeedHealth.State, _ detail: String) -> Bool {
        self.detail = detail
        guard self.state != state else { return false }
        self.state = state
        return true
    }
}
