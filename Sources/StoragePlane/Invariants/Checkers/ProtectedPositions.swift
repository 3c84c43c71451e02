import Contracts

/// I10: a position whose intent named a stop has one at the venue within seconds, or is being closed.
///
/// Looked at only while the machine may place orders.
struct ProtectedPositions: InvariantChecker {
    static let id = "I10"
    static let topics: Set<Topic> = [
        .riskApprovedIntent, .execOrderEvent, .portfolioPositionUpdate, .controlState, .stateClock,
        .portfolioAccountUpdate,
    ]

    private struct Line {
        var wantsStop = false
        var quantity = Quantity.zero
        /// Orders that protect or close, and have not ended.
        var cover: Set<OrderID> = []
        var nakedSince: UnixMilliseconds?
        var isReported = false
    }

    private let millisecondsMax: Int64
    private var lines: [Instrument: Line] = [:]
    private var allowsTrading = false

    init(_ limits: InvariantLimits) { millisecondsMax = limits.stopMillisecondsMax }

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .riskApprovedIntent(let approved):
            lines[approved.instrument, default: Line()].wantsStop =
                approved.stop != nil && !approved.targetQuantity.isZero
        case .execOrderEvent(let order): take(order)
        case .portfolioPositionUpdate(let update):
            lines[update.instrument, default: Line()].quantity = update.quantity
        case .controlState(let state): allowsTrading = state.allowsTrading
        default: break
        }
        for instrument in lines.keys.sorted(by: { $0.description < $1.description }) {
            look(at: instrument, place, report)
        }
    }

    private mutating func take(_ order: OrderEvent) {
        let covers = order.purpose == .stopLoss || order.isReduceOnly && order.purpose == .move
        guard covers else { return }
        if order.state.isFinal {
            lines[order.instrument]?.cover.remove(order.orderID)
        } else {
            lines[order.instrument, default: Line()].cover.insert(order.orderID)
        }
    }

    private mutating func look(at instrument: Instrument, _ place: EventPlace, _ report: (String) -> Void) {
        guard var line = lines[instrument] else { return }
        defer { lines[instrument] = line }
        guard allowsTrading, line.wantsStop, !line.quantity.isZero, line.cover.isEmpty else {
            line.nakedSince = nil
            line.isReported = false
            return
        }
        let since = line.nakedSince ?? place.ts
        line.nakedSince = since
        guard !line.isReported, place.ts - since > millisecondsMax else { return }
        line.isReported = true
        report(
            "\(instrument) has had no stop at the venue for \(place.ts - since) ms, limit \(millisecondsMax)"
        )
    }
}
