import Contracts

/// The engine as it is kept over a restart, version 1.
struct ExecutionBody: Codable {
    static let version = 1

    struct Entry: Codable {
        let instrument: Instrument
        let rules: OrderRules?
        let held: PerPosition<Quantity>
        let touch: Touch
        let campaign: Campaign?
        let waiting: Leave?
        let orders: [PlacedOrder]
        let ended: EndedOrders
        let long: Protection
        let short: Protection
        let counters: OrderCounters
        let liquidations: [String]
    }

    let desks: [Entry]
    /// Nil in what older programs have kept.
    let pace: OrderPace?
}

extension Desk {
    var body: ExecutionBody.Entry {
        ExecutionBody.Entry(
            instrument: instrument,
            rules: rules,
            held: held,
            touch: touch,
            campaign: campaign,
            waiting: waiting,
            orders: orders,
            ended: ended,
            long: long,
            short: short,
            counters: counters,
            liquidations: liquidations
        )
    }

    init(restoring body: ExecutionBody.Entry, _ settings: ExecutionSettings) {
        self.init(body.instrument, settings)
        rules = body.rules
        held = body.held
        touch = body.touch
        campaign = body.campaign
        waiting = body.waiting
        orders = body.orders
        ended = body.ended
        long = body.long
        short = body.short
        counters = body.counters
        liquidations = body.liquidations
    }
}
