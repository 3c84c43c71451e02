import Contracts
import EventKernel

/// What the planes have published, gathered for the status query: it decides nothing.
struct StatusBoard {
    private(set) var state: ControlState?
    private(set) var started: UnixMilliseconds = 0
    private(set) var account: AccountUpdate?
    private(set) var risk: RiskState?
    private(set) var clock: ClockOffset?
    private(set) var feeds: [Instrument: FeedHealth] = [:]
    private(set) var positions: [PositionKey: PositionUpdate] = [:]
    private(set) var strategies: [StrategySeatKey: StrategyState] = [:]
    private(set) var rejections: [RiskCheck: Int] = [:]
    private(set) var counts = Counts()

    /// One of an instrument's positions.
    struct PositionKey: Hashable, Comparable {
        let instrument: Instrument
        let index: PositionIndex

        static func < (left: Self, right: Self) -> Bool {
            (left.instrument, left.index.rawValue) < (right.instrument, right.index.rawValue)
        }
    }

    /// One strategy on one instrument.
    struct StrategySeatKey: Hashable, Comparable {
        let strategy: StrategyID
        let instrument: Instrument

        static func < (left: Self, right: Self) -> Bool {
            (left.strategy.rawValue, left.instrument) < (right.strategy.rawValue, right.instrument)
        }
    }

    /// How much has happened since the start.
    struct Counts {
        var intents = 0
        var approved = 0
        var rejected = 0
        var orders = 0
        var fills = 0
        var commands = 0
    }

    mutating func note(_ event: ControlState) {
        if state == nil { started = event.meta.ts }
        state = event
    }
    mutating func note(_ event: CommandOutcome) { counts.commands += 1 }
    mutating func note(_ event: AccountUpdate) { account = event }
    mutating func note(_ event: RiskState) { risk = event }
    mutating func note(_ event: ClockOffset) { clock = event }
    mutating func note(_ event: FeedHealth) { feeds[event.instrument] = event }
    mutating func note(_ event: PositionUpdate) {
        positions[PositionKey(instrument: event.instrument, index: event.positionIndex)] = event
    }
    mutating func note(_ event: StrategyState) {
        strategies[StrategySeatKey(strategy: event.strategy, instrument: event.instrument)] = event
    }
    mutating func note(_ event: StrategyIntent) { counts.intents += 1 }
    mutating func note(_ event: ApprovedIntent) { counts.approved += 1 }
    mutating func note(_ event: RejectedIntent) {
        counts.rejected += 1
        rejections[event.failed.check, default: 0] += 1
    }
    mutating func note(_ event: OrderEvent) {
        if event.state == .submitting { counts.orders += 1 }
        if event.fill != nil { counts.fills += 1 }
    }
}
