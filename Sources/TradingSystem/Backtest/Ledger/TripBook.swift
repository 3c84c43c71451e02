import Contracts

/// Makes round trips of fills, one after the other in each position.
struct TripBook {
    private struct Key: Hashable {
        let instrument: Instrument
        let index: PositionIndex
    }

    private var open: [(key: Key, trip: OpenTrip)] = []
    private(set) var closed: [BacktestTrip] = []
    private(set) var closedCount = 0
    /// Of those that are over.
    private(set) var wonCount = 0
    private(set) var slippage = Money.zero
    private let keepsAll: Bool

    init(keepsAll: Bool) { self.keepsAll = keepsAll }

    /// What is still open at the end.
    var openTrips: [OpenTrip] { open.map(\.trip) }

    /// Books one fill; the fee of one that goes through zero is shared by quantity.
    mutating func book(
        _ fill: Fill,
        of order: borrowing OrderEvent,
        _ note: IntentMemory.Note?,
        regime: String
    ) throws(NumberError) {
        let key = Key(instrument: order.instrument, index: order.positionIndex)
        let signed = order.side == .buy ? fill.quantity : try fill.quantity.negated()
        let reference = Self.reference(of: order, note)
        if let reference {
            let cost = try OpenTrip.slippage(signed, fill.price, reference, order.instrument.category)
            slippage = try slippage.adding(cost)
        }
        var (rest, restFee) = (signed, fill.fee)
        if let place = open.firstIndex(where: { $0.key == key }) {
            let held = open[place].trip.held
            let (size, most) = (fill.quantity, try held.magnitude)
            guard held.isNegative != signed.isNegative, size > most else {
                try open[place].trip.book(signed, at: fill.price, fee: fill.fee, reference: reference)
                if open[place].trip.held.isZero { try close(place, order, note) }
                return
            }
            // Through zero: a part closes the trip, the rest begins another.
            let part = try held.negated()
            let fee = try fill.fee.share(most, of: size, places: 18)
            (rest, restFee) = (try signed.subtracting(part), try fill.fee.subtracting(fee))
            try open[place].trip.book(part, at: fill.price, fee: fee, reference: reference)
            try close(place, order, note)
        }
        var trip = OpenTrip(
            order.instrument,
            order.strategy,
            rest.isNegative ? .sell : .buy,
            at: order.meta.ts,
            reason: note?.reason ?? "",
            regime: regime
        )
        try trip.book(rest, at: fill.price, fee: restFee, reference: reference)
        open.append((key, trip))
    }

    mutating func settle(_ payment: FundingPayment, of instrument: Instrument) throws(NumberError) {
        let key = Key(instrument: instrument, index: payment.positionIndex)
        guard let place = open.firstIndex(where: { $0.key == key }) else { return }
        try open[place].trip.settle(payment.amount)
    }

    /// Notes how far the price went while a position was open.
    mutating func see(_ instrument: Instrument, high: Price, low: Price) {
        for place in open.indices where open[place].key.instrument == instrument {
            open[place].trip.see(high: high, low: low)
        }
    }

    private mutating func close(
        _ place: Int,
        _ order: borrowing OrderEvent,
        _ note: IntentMemory.Note?
    ) throws(NumberError) {
        let trip = open.remove(at: place).trip
        closedCount += 1
        if let net = trip.profit.net, net > .zero { wonCount += 1 }
        guard keepsAll else { return }
        closed.append(try trip.closed(at: order.meta.ts, reason: Self.exitReason(of: order, note)))
    }

    /// The price that the fill is judged by: at the decision, or where a stop or take profit stood.
    static func reference(of order: borrowing OrderEvent, _ note: IntentMemory.Note?) -> Price? {
        switch order.purpose {
        case .move: note?.reference
        case .stopLoss, .takeProfit: order.trigger?.price
        case .liquidation: nil
        }
    }

    private static func exitReason(of order: borrowing OrderEvent, _ note: IntentMemory.Note?) -> String {
        switch order.purpose {
        case .move: note?.reason ?? order.reason ?? ""
        case .stopLoss: "stop loss"
        case .takeProfit: "take profit"
        case .liquidation: "liquidation"
        }
    }
}
