import Contracts

/// I19: prices and quantities obey the tick, the step and the least of the instrument version in force.
struct TradingRules: InvariantChecker {
    static let id = "I19"
    static let topics: Set<Topic> = [.marketInstrument, .execOrderEvent]

    private var rules: [Instrument: Delivered<InstrumentSpec?>] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .marketInstrument(let spec): rules[spec.instrument, default: Delivered(nil)].publish(spec, place)
        case .execOrderEvent(let order) where order.state == .submitting || order.state == .amending:
            guard let spec = rules[order.instrument]?.value(at: place) else { return }
            check(order, spec, report)
        default: break
        }
    }

    private func check(_ order: OrderEvent, _ spec: InstrumentSpec, _ report: (String) -> Void) {
        if !order.quantity.isMultiple(of: spec.quantityStep) {
            report("order \(order.orderID) has quantity \(order.quantity), step \(spec.quantityStep)")
        }
        if order.quantity < spec.quantityMin, !order.isReduceOnly {
            report("order \(order.orderID) has quantity \(order.quantity), least \(spec.quantityMin)")
        }
        if let most = spec.quantityMax, order.quantity > most {
            report("order \(order.orderID) has quantity \(order.quantity), most \(most)")
        }
        for price in [order.limitPrice, order.trigger?.price].compactMap({ $0 })
        where !price.isMultiple(of: spec.tickSize) {
            report("order \(order.orderID) has price \(price), tick \(spec.tickSize)")
        }
    }
}
