import Contracts

/// One strategy on one instrument: what it wants, what it has asked for, what it holds.
///
/// A state machine over values; it speaks to nobody. The desk tells it what happened, and the StrategyManager asks it
/// what is to be said.
struct StrategySeat {
    /// When an intent is to be spoken.
    enum Due: Hashable, Codable {
        case now
        /// When a candle opens at this time or later.
        case open(from: UnixMilliseconds)
    }

    /// What was last told of it.
    struct Told: Hashable, Codable {
        let phase: StrategyState.Phase
        let version: Int
        let isEnabled: Bool
    }

    var options: StrategyOptions
    var strategy: any Strategy
    /// Whether it may decide; one that may not only closes what it holds.
    var isEnabled = true
    /// Why it may not decide, in words.
    var offReason = ""
    /// Whether the seat is given up once it holds nothing.
    var isLeaving = false
    /// What is wanted; nil before the first decision.
    var wanted: StrategyDecision?
    /// The exposure that risk has last approved; nil where a position was found.
    var settled: Ratio?
    var ask: Ask?
    /// Whether what was approved was not reached, or is sized otherwise by now.
    var isUnfinished = false
    /// Its own share of the position, by the fills of its own orders.
    var held: Quantity
    /// For how many bars still nothing is entered after an exit.
    var coolingBars = 0
    /// Whether nothing may be entered at the newest bar.
    var isBarred = false
    /// Whether a parameter was changed that the next bar has to obey.
    var isRevised = false
    /// Whether it is on its way through flat to the other side.
    var isTurning = false
    /// Whether the other side waits for the equity after the exit.
    var awaitsAccount = false
    var due: Due?
    /// Whether nothing is under way, so that a bar without a decision changes nothing.
    var isQuiet = false
    var told: Told?
    /// What its strategy did wrong, until that has been told.
    var failure: SeatFailure?

    /// Seats a strategy; `found` is a position that nobody accounts for.
    init(_ strategy: any Strategy, _ options: StrategyOptions, found: Quantity = .zero) {
        self.strategy = strategy
        self.options = options
        held = found
        settled = found.isZero ? .zero : nil
    }

    /// Whether nothing is left to do here.
    func isEmpty(at now: UnixMilliseconds) -> Bool {
        guard isLeaving, held.isZero, !needsIntent else { return false }
        guard let ask else { return true }
        return ask.openOrders.isEmpty && !ask.isShort(at: now)
    }

    /// Looks at one bar, where it is of its timeframe.
    mutating func take(
        _ bar: borrowing FeatureSet,
        baseSeconds: Int,
        in surroundings: Surroundings,
        equity: Money?,
        drift: DriftMark?,
        _ stopwatch: (any DecisionStopwatch)?
    ) -> BarNews {
        guard bar.barSeconds == options.timeframeSeconds ?? baseSeconds else {
            return BarNews(isNews: false, due)
        }
        var entryBar: EntryBar?
        if coolingBars > 0 {
            entryBar = .cooling(bars: coolingBars)
        } else if options.obeysDrift, let drift {
            entryBar = .drift(drift)
        }
        isBarred = entryBar != nil
        if isRevised { obeyRevision() }
        if isEnabled, bar.isWarm {
            let inputs = StrategyInputs(
                surroundings,
                held: held,
                equity: equity,
                allocationMax: options.allocationMax,
                entryBar: entryBar
            )
            stopwatch?.begin()
            decide(on: bar, with: inputs)
            stopwatch?.end(options.id, bar.instrument)
        }
        if isQuiet {
            assert(!needsIntent && !hasStateNews, "whatever moves a quiet seat wakes it")
            return BarNews(isNews: false, due)
        }
        return follow(bar)
    }

    /// Draws the consequences of a bar for a seat that has something under way.
    private mutating func follow(_ bar: borrowing FeatureSet) -> BarNews {
        if coolingBars > 0 { coolingBars -= 1 }
        if ask?.isShort(at: bar.meta.ts) == true { isUnfinished = true }
        due = needsIntent && !isEntryBarred ? nextDue(after: bar.barEnd) : nil
        let isNews = due != nil || failure != nil || hasStateNews
        isQuiet = !isNews && !needsIntent && coolingBars == 0 && ask?.isOutstanding != true
        return BarNews(isNews: isNews, due)
    }

    private mutating func decide(on bar: borrowing FeatureSet, with inputs: StrategyInputs) {
        do throws(StrategyFailure) {
            guard let decision = try strategy.decide(on: bar, with: inputs) else { return }
            isQuiet = false
            if let why = decision.nonsense(at: bar.close, allowsShort: strategy.allowsShort) {
                failure = .nonsense(why)
                return
            }
            wanted = decision
        } catch {
            isQuiet = false
            failure = .failed(error.why)
        }
    }

    private func nextDue(after barEnd: UnixMilliseconds) -> Due {
        options.timing == .barClose || !isEnabled ? .now : .open(from: barEnd)
    }
}
