import Contracts

/// How much takers bought and sold, exactly.
struct TradeFlow: Hashable, Codable {
    private(set) var bought = Quantity.zero
    private(set) var sold = Quantity.zero

    @inline(__always)
    mutating func add(_ side: Side, _ quantity: Quantity) throws(NumberError) {
        if side == .buy { bought = try bought.adding(quantity) } else { sold = try sold.adding(quantity) }
    }

    mutating func add(_ newer: TradeFlow) throws(NumberError) {
        bought = try bought.adding(newer.bought)
        sold = try sold.adding(newer.sold)
    }

    var total: Quantity {
        get throws(NumberError) { try bought.adding(sold) }
    }

    /// The balance from -1, all sold, to 1, all bought; nil without trades.
    var balance: Double? {
        let (bought, sold) = (bought.approximate, sold.approximate)
        return bought + sold > 0 ? (bought - sold) / (bought + sold) : nil
    }
}
