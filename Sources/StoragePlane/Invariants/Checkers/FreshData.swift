import Contracts

/// I20: risk lets nothing grow on data that is older than its bound, or on a book that is being rebuilt.
struct FreshData: InvariantChecker {
    static let id = "I20"
    static let topics: Set<Topic> = [.marketHealth, .riskApprovedIntent, .portfolioPositionUpdate]

    private var feeds: [Instrument: Delivered<FeedHealth.State?>] = [:]
    private var held: [Instrument: Quantity] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .marketHealth(let health):
            feeds[health.instrument, default: Delivered(nil)].publish(health.state, place)
        case .portfolioPositionUpdate(let update): held[update.instrument] = update.quantity
        case .riskApprovedIntent(let approved):
            guard let feed = feeds[approved.instrument]?.value(at: place), feed != .fresh else { return }
            let before = held[approved.instrument] ?? .zero
            guard approved.targetQuantity.size > before.size else { return }
            report(
                "\(approved.instrument) was let grow to \(approved.targetQuantity) while its data was \(feed.rawValue)"
            )
        default: break
        }
    }
}
