import Contracts

/// Which way a position faces.
enum Direction: CaseIterable {
    case long, short

    /// The side that closes it.
    var exit: Side { self == .long ? .sell : .buy }

    /// The leg that holds it.
    func index(isHedged: Bool) -> PositionIndex {
        guard isHedged else { return .oneWay }
        return self == .long ? .hedgeLong : .hedgeShort
    }
}

/// The stop and the take profit that a position is to have at the venue, and who asked for them.
struct Protection: Codable {
    private(set) var stop: Price?
    private(set) var takeProfit: Price?
    private(set) var strategy = StrategyID("")
    private(set) var correlationID: CorrelationID?
    /// The intent that its orders are named after; nil where there never was one.
    private(set) var intent: UInt64?
    /// Before this nothing is placed: what has just ended must not be placed at once again.
    var quietUntil: UnixMilliseconds = 0
    /// When the position was seen to be gone while an order still stood.
    var goneSince: UnixMilliseconds?
    /// When there is something to do that no event will remind of.
    var actAt: UnixMilliseconds?

    var isEmpty: Bool { stop == nil && takeProfit == nil }

    /// Takes the levels of a newer leave; one of another strategy that names none leaves them as they are.
    mutating func take(
        _ leave: Leave,
        _ direction: Direction,
        tick: Price
    )
        throws(NumberError)
    {
        let namesNone = leave.stop == nil && leave.takeProfit == nil
        guard !namesNone || leave.strategy == strategy else { return }
        // To the tick that comes first.
        let isLong = direction == .long
        let newStop = try leave.stop?.rounded(toMultipleOf: tick, isLong ? .up : .down)
        takeProfit = try leave.takeProfit?.rounded(toMultipleOf: tick, isLong ? .down : .up)
        stop = newStop
        strategy = leave.strategy
        correlationID = leave.correlationID
        intent = leave.intent
    }

    /// Forgets the levels: their position is gone, or the venue will not have one of them.
    mutating func forget(_ purpose: OrderPurpose) {
        if purpose == .stopLoss { stop = nil } else { takeProfit = nil }
    }

    func level(_ purpose: OrderPurpose) -> Price? { purpose == .stopLoss ? stop : takeProfit }
}
