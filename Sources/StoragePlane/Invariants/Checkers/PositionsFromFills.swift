import Contracts

/// I6: a position is the sum of its signed fills.
///
/// The books are told after the fills, one by one, so each update must be the sum after some fill that no earlier
/// update has passed.
struct PositionsFromFills: InvariantChecker {
    static let id = "I6"
    static let topics: Set<Topic> = [.execOrderEvent, .portfolioPositionUpdate]

    private struct Sums {
        /// The newest sum that an update has stated.
        var stated: Quantity
        /// The sums after the fills since then.
        var coming: [Quantity] = []
    }
    private var sums: [PositionKey: Sums] = [:]

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .execOrderEvent(let order):
            guard let fill = order.fill else { return }
            let key = PositionKey(instrument: order.instrument, index: order.positionIndex)
            guard var known = sums[key] ?? (place.isWhole ? Sums(stated: .zero) : nil) else { return }
            let before = known.coming.last ?? known.stated
            guard let signed = try? order.side == .buy ? fill.quantity : fill.quantity.negated(),
                let after = try? before.adding(signed)
            else { return report("the fills of \(order.instrument) cannot be added up exactly") }
            known.coming.append(after)
            sums[key] = known
        case .portfolioPositionUpdate(let update): take(update, place, report)
        default: break
        }
    }

    private mutating func take(_ update: PositionUpdate, _ place: EventPlace, _ report: (String) -> Void) {
        let key = PositionKey(instrument: update.instrument, index: update.positionIndex)
        guard var known = sums[key] ?? (place.isWhole ? Sums(stated: .zero) : nil) else {
            sums[key] = Sums(stated: update.quantity)
            return
        }
        defer { sums[key] = known }
        if let index = known.coming.firstIndex(of: update.quantity) {
            known.stated = update.quantity
            known.coming.removeSubrange(...index)
        } else if update.quantity != known.stated {
            let sum = known.coming.last ?? known.stated
            report("\(update.instrument) is stated as \(update.quantity), and its fills make \(sum)")
            known = Sums(stated: update.quantity)
        }
    }
}
