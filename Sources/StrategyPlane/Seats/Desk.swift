import Contracts

/// All seats of one instrument, with what they see of it.
struct Desk {
    let instrument: Instrument
    var seats: ContiguousArray<StrategySeat> = []
    var surroundings = Surroundings()
    /// The first timeframe that the instrument had features of.
    var baseSeconds: Int?
    /// The newest price that a decision was made or spoken at.
    var price: Price?
    var tickSize: Price?
    /// By the books, and by every fill since.
    var positions = Positions()
    /// The time of the newest fill.
    var lastFill: UnixMilliseconds = 0
    var drift: DriftMark?
    /// The roster as of which the seats were taken.
    var rosterRevision = -1
    var awaitsOpen = false
    /// Whether a seat is given up once it is flat.
    var hasLeaving = false
    /// Whether the state was restored and the books have yet to confirm it.
    var awaitsBooks = false

    init(_ instrument: Instrument) { self.instrument = instrument }

    /// What all its seats hold.
    var seatsHeld: Quantity {
        get throws(NumberError) { try held(besides: nil) }
    }

    /// Has every seat of the bar's timeframe look at it; true where something is to be said.
    mutating func take(
        _ bar: borrowing FeatureSet,
        equity: Money?,
        _ stopwatch: (any DecisionStopwatch)?
    ) -> Bool {
        // By now every answer to the bar before has been heard.
        if hasLeaving { sweep(at: bar.meta.ts) }
        price = bar.close
        awaitsBooks = false
        let base = baseSeconds ?? bar.barSeconds
        baseSeconds = base
        var (hasNews, awaitsOpen) = (false, false)
        for index in seats.indices {
            let news = seats[index].take(
                bar,
                baseSeconds: base,
                in: surroundings,
                equity: equity,
                drift: drift,
                stopwatch
            )
            hasNews = hasNews || news.isNews
            awaitsOpen = awaitsOpen || news.awaitsOpen
        }
        self.awaitsOpen = awaitsOpen
        if let mark = drift, base == bar.barSeconds { countDown(mark) }
        return hasNews
    }

    mutating func note(_ context: MarketContext) {
        surroundings = Surroundings(context: context, funding: surroundings.funding)
    }

    mutating func note(_ funding: FundingEvent) {
        surroundings = Surroundings(context: surroundings.context, funding: funding)
    }

    /// A candle opens: what waited for it is due; true where something is.
    mutating func open(_ start: UnixMilliseconds, at price: Price) -> Bool {
        var isDue = false
        awaitsOpen = false
        for index in seats.indices {
            guard case .open(let from) = seats[index].due else { continue }
            if start >= from {
                seats[index].due = .now
                isDue = true
            } else {
                awaitsOpen = true
            }
        }
        if isDue { self.price = price }
        return isDue
    }

    func place(of id: StrategyID) -> Int? { seats.firstIndex { $0.options.id == id } }

    func held(besides left: Int?) throws(NumberError) -> Quantity {
        var sum = Quantity.zero
        for index in seats.indices where index != left { sum = try sum.adding(seats[index].held) }
        return sum
    }

    /// A level as a price of the instrument; nil where there is no such price.
    func exact(_ level: Double?) -> Price? {
        guard let level, let tickSize else { return nil }
        let price = try? Price(nearestTo: level, scale: tickSize.scale)
            .rounded(toMultipleOf: tickSize, .toNearestOrEven)
        return price.flatMap { $0.isPositive ? $0 : nil }
    }

    /// Seats every strategy that belongs here and is not there yet.
    mutating func seatMissing(_ roster: Roster) {
        rosterRevision = roster.revision
        for entry in roster.entries where entry.isEnabled && entry.options.covers(instrument) {
            guard place(of: entry.options.id) == nil else { continue }
            let found = entry.options.isShadow ? .zero : unaccounted
            seats.append(StrategySeat(entry.strategy, entry.options, found: found))
        }
    }

    /// Gives up the seats that have nothing left to do.
    mutating func sweep(at now: UnixMilliseconds) {
        guard hasLeaving else { return }
        seats.removeAll { $0.isEmpty(at: now) }
        hasLeaving = seats.contains { $0.isLeaving }
    }

    /// The part of the position that no seat accounts for; nothing where it cannot be told.
    private var unaccounted: Quantity { (try? positions.net.subtracting(seatsHeld)) ?? .zero }

    private mutating func countDown(_ mark: DriftMark) {
        drift?.barsLeft -= 1
        if mark.barsLeft <= 1 { drift = nil }
    }
}
