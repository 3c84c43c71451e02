import Contracts

/// One message of Binance's combined streams, or a snapshot of its REST interface among them.
///
/// - Shape: `{"stream":…,"data":{…}}` or `{"lastUpdateId":…,"bids":…,"asks":…}`.
/// - Units: prices in quote asset, sizes in base asset (coin-margined: the exchange's contracts).
/// - Errors: nil for what cannot be read; ``other`` for a kind that is not traded on.
enum BinanceMessage {
    case snapshot(updateID: UInt64, levels: ContiguousArray<BookLevel>, bidCount: Int)
    case depth(BinanceDepth)
    case trade(id: UInt64, time: UnixMilliseconds, price: Price, quantity: Quantity, buyerIsMaker: Bool)
    case touch(bid: BookLevel, ask: BookLevel)
    case mark(price: Price, index: Price?, rate: Ratio?, nextFunding: UnixMilliseconds?)
    case other

    init?(_ line: [UInt8]) {
        guard let outer = BinanceObject(line) else { return nil }
        if let updateID = outer.number("lastUpdateId") {
            guard let sides = outer.sides("bids", "asks") else { return nil }
            self = .snapshot(updateID: updateID, levels: sides.levels, bidCount: sides.bidCount)
            return
        }
        guard let stream = outer.text("stream"), let inner = outer.object("data") else { return nil }
        let kind = stream.drop { $0 != "@" }
        switch true {
        case kind.hasPrefix("@depth"): self = inner.depth ?? .other
        case kind.hasPrefix("@trade"): self = inner.trade ?? .other
        case kind.hasPrefix("@bookTicker"): self = inner.touch ?? .other
        case kind.hasPrefix("@markPrice"): self = inner.mark ?? .other
        default: self = .other
        }
    }
}

/// A change of a book, with the numbers that tell whether it follows the one before.
struct BinanceDepth {
    let first: UInt64
    let last: UInt64
    /// Spot does not tell it: there the first number follows the last one before.
    let previous: UInt64?
    let time: UnixMilliseconds
    let levels: ContiguousArray<BookLevel>
    let bidCount: Int
}
