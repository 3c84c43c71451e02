import Contracts

/// What one order asks of the venue.
struct OrderPlan: Hashable, Codable {
    let purpose: OrderPurpose
    let side: Side
    let type: OrderType
    let timeInForce: TimeInForce
    var limitPrice: Price?
    var quantity: Quantity
    let isReduceOnly: Bool
    var trigger: OrderTrigger?
    let positionIndex: PositionIndex

    /// A limit order of `move`.
    init(_ move: Move, _ timeInForce: TimeInForce, at limitPrice: Price) {
        purpose = .move
        side = move.side
        type = .limit
        self.timeInForce = timeInForce
        self.limitPrice = limitPrice
        quantity = move.quantity
        isReduceOnly = move.isReduceOnly
        trigger = nil
        positionIndex = move.positionIndex
    }

    /// A market order that closes a position once `trigger` has fired.
    init(
        closing positionIndex: PositionIndex,
        _ quantity: Quantity,
        _ side: Side,
        on trigger: OrderTrigger,
        as purpose: OrderPurpose
    ) {
        self.purpose = purpose
        self.side = side
        type = .market
        timeInForce = .immediateOrCancel
        limitPrice = nil
        self.quantity = quantity
        isReduceOnly = true
        self.trigger = trigger
        self.positionIndex = positionIndex
    }

    /// Whether it never rests once it trades.
    var isTaking: Bool { timeInForce == .immediateOrCancel || timeInForce == .fillOrKill }
    /// Whether it ends by itself, without anybody's asking.
    var isImmediate: Bool { isTaking && trigger == nil }
}
