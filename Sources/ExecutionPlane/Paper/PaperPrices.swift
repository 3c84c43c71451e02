import Contracts

/// The newest prices of one instrument; nil where nobody has told one.
struct PaperPrices: Hashable, Codable {
    var last: Price?
    var mark: Price?
    var index: Price?

    /// The price that a trigger watches; the last one stands in for a mark or index that is never told.
    func watched(_ source: OrderTrigger.Source) -> Price? {
        switch source {
        case .last: last
        case .mark: mark ?? last
        case .index: index ?? last
        }
    }

    /// Whether a trigger of this source follows the last price.
    func followsLast(_ source: OrderTrigger.Source) -> Bool {
        switch source {
        case .last: true
        case .mark: mark == nil
        case .index: index == nil
        }
    }
}
