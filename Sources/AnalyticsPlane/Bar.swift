import Contracts

/// One closed bar: exact prices, and how much buyers and sellers took.
struct Bar: Hashable {
    let start: UnixMilliseconds
    let end: UnixMilliseconds
    let open: Price
    var high: Price
    var low: Price
    var close: Price
}

/// How much takers bought and sold since it was last asked.
struct TradeFlow: Hashable {
    private var bought = 0.0
    private var sold = 0.0

    mutating func add(_ side: Side, _ quantity: Quantity) {
        if side == .buy { bought += quantity.approximate } else { sold += quantity.approximate }
    }

    /// The balance from -1, all sold, to 1, all bought, or 0 without trades; counting starts anew.
    mutating func take() -> Double {
        defer { self = TradeFlow() }
        let total = bought + sold
        return total > 0 ? (bought - sold) / total : 0
    }
}
