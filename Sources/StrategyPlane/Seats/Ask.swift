import Contracts

/// The one intent of a seat that is current, and what became of it.
struct Ask: Hashable, Codable {
    enum Verdict: String, Codable { case waiting, approved, refused }

    let correlationID: CorrelationID
    let exposure: Ratio
    let expires: UnixMilliseconds
    /// Whether an order that ended short is made up for until the intent expires.
    let makesUp: Bool
    private(set) var verdict = Verdict.waiting
    /// The instrument's position that risk approved, everybody's share included.
    private(set) var target: Quantity?
    /// What the fills still have to bring, signed.
    private(set) var missing = Quantity.zero
    private(set) var isReached = false
    private(set) var openOrders: [OrderID] = []
    private var hasEndedShort = false

    init(correlationID: CorrelationID, exposure: Ratio, expires: UnixMilliseconds, makesUp: Bool) {
        self.correlationID = correlationID
        self.exposure = exposure
        self.expires = expires
        self.makesUp = makesUp
    }

    /// Whether it may still become a fill.
    var isOutstanding: Bool { verdict == .waiting || verdict == .approved && !isReached }

    /// Whether it was approved and is over, short of its target: its orders ended, or it expired without one.
    func isShort(at now: UnixMilliseconds) -> Bool {
        guard verdict == .approved, !isReached, openOrders.isEmpty else { return false }
        return hasEndedShort && !makesUp || now >= expires
    }

    mutating func approve(_ target: Quantity, from net: Quantity) throws(NumberError) {
        verdict = .approved
        self.target = target
        missing = try target.subtracting(net)
        isReached = missing.isZero
    }

    mutating func refuse() { verdict = .refused }

    /// Counts one step of an order that moves the position.
    mutating func take(_ order: borrowing OrderEvent) throws(NumberError) {
        if let fill = order.fill {
            missing = try missing.subtracting(fill.quantity.signed(order.side))
            if missing.isZero, verdict == .approved { isReached = true }
        }
        let place = openOrders.firstIndex(of: order.orderID)
        if !order.state.isFinal {
            if place == nil { openOrders.append(order.orderID) }
            return
        }
        if let place { openOrders.remove(at: place) }
        if order.filledQuantity < order.quantity { hasEndedShort = true }
    }

    /// The position is where it was to be, whoever brought it there.
    mutating func reach() { isReached = true }
}

extension Quantity {
    /// The quantity as a step of the position: above zero for a buy, below for a sell.
    func signed(_ side: Side) throws(NumberError) -> Quantity { side == .buy ? self : try negated() }
}
