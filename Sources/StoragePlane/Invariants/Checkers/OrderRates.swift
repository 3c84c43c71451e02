import Contracts

/// I21: no more orders than so many in any second, minute and day; exits are not counted.
struct OrderRates: InvariantChecker {
    static let id = "I21"
    static let topics: Set<Topic> = [.execOrderEvent, .portfolioPositionUpdate]

    private let limits: [(name: String, milliseconds: Int64, countMax: Int)]
    /// The times of the newest orders, oldest first.
    private var times: [UnixMilliseconds] = []
    private var day: (number: Int64, count: Int) = (0, 0)
    private let dayCountMax: Int?
    private var positions = HeldPositions()

    init(_ limits: InvariantLimits) {
        let second = limits.ordersPerSecondMax.map { ("second", Int64(1_000), $0) }
        let minute = limits.ordersPerMinuteMax.map { ("minute", Int64(60_000), $0) }
        self.limits = [second, minute].compactMap { $0 }
        dayCountMax = limits.ordersPerDayMax
    }

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .portfolioPositionUpdate(let update): positions.state(update)
        case .execOrderEvent(let order):
            if order.state == .submitting, positions.isReducing(order, place) == false {
                count(order, place, report)
            }
            if let fill = order.fill { _ = positions.book(fill, of: order, place) }
        default: break
        }
    }

    private mutating func count(_ order: OrderEvent, _ place: EventPlace, _ report: (String) -> Void) {
        let oldest = place.ts - (limits.map(\.milliseconds).max() ?? 0)
        times.removeAll { $0 <= oldest }
        times.append(place.ts)
        for limit in limits {
            let count = times.count { $0 > place.ts - limit.milliseconds }
            guard count > limit.countMax else { continue }
            report(
                "order \(order.orderID) was number \(count) within a \(limit.name), limit \(limit.countMax)"
            )
        }
        let today = UTCDay.number(of: place.ts)
        day = today == day.number ? (today, day.count + 1) : (today, 1)
        if let dayCountMax, day.count > dayCountMax {
            report("order \(order.orderID) was number \(day.count) of its day, limit \(dayCountMax)")
        }
    }
}
