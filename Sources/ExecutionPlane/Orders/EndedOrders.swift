/// The newest orders that have ended, up to a bound: for reports that come late or twice.
struct EndedOrders: Codable {
    private let countMax: Int
    private var orders: [PlacedOrder] = []
    /// The place of the oldest, once all places are taken.
    private var oldest = 0

    init(countMax: Int) { self.countMax = countMax }

    mutating func add(_ order: PlacedOrder) {
        if orders.count < countMax {
            orders.append(order)
        } else {
            orders[oldest] = order
            oldest = (oldest + 1) % countMax
        }
    }

    /// The place of the order that `isWanted`.
    func place(where isWanted: (PlacedOrder) -> Bool) -> Int? { orders.lastIndex(where: isWanted) }

    subscript(place: Int) -> PlacedOrder {
        _read { yield orders[place] }
        _modify { yield &orders[place] }
    }
}
