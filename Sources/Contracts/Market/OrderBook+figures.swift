/// What follows from a book as it stands; nil where a side is empty or the book is crossed.
extension OrderBook {
    /// The distance between best bid and best ask, exact, in quote asset.
    package var spread: Price? {
        guard isUsable, let bid = bestBid, let ask = bestAsk else { return nil }
        return try? ask.price.subtracting(bid.price)
    }

    /// The middle between best bid and best ask, exact, in quote asset.
    package var mid: Price? {
        guard isUsable, let bid = bestBid, let ask = bestAsk, let sum = try? bid.price.adding(ask.price),
            sum.scale < Price.scaleMax
        else { return nil }
        let (units, isTooBig) = sum.units.multipliedReportingOverflow(by: 5)
        return isTooBig ? nil : Price(units: units, scale: sum.scale + 1)
    }

    /// The spread as hundredths of a percent of the middle; nil also where the middle is not above zero.
    package var spreadBasisPoints: Double? {
        guard let spread, let mid, mid.isPositive else { return nil }
        return spread.approximate / mid.approximate * 10_000
    }

    /// The middle drawn towards the side that has less: where the next trade is likelier, in quote asset.
    ///
    /// Each best price is weighted with the other side's best size.
    package var microprice: Double? {
        guard isUsable, let bid = bestBid, let ask = bestAsk else { return nil }
        let (bidSize, askSize) = (bid.size.approximate, ask.size.approximate)
        return (bid.price.approximate * askSize + ask.price.approximate * bidSize) / (bidSize + askSize)
    }

    /// How much more is bid than asked on the best `levelCount` levels a side, from -1 (all asked) to 1.
    package func imbalance(levelCount: Int) -> Double? {
        guard isUsable, levelCount > 0, let bid = try? bids.suffix(levelCount).totalSize(),
            let ask = try? asks.suffix(levelCount).totalSize()
        else { return nil }
        let (bidSize, askSize) = (bid.approximate, ask.approximate)
        return (bidSize - askSize) / (bidSize + askSize)
    }

    /// The levels that an order of `side` meets, best first.
    package func levels(against side: Side) -> ReversedCollection<ContiguousArray<BookLevel>> {
        (side == .buy ? asks : bids).reversed()
    }

    /// What an order of `side` meets down to and including `limit`, exact, in base asset.
    package func quantity(against side: Side, to limit: Price) throws(NumberError) -> Quantity {
        var total = Quantity.zero
        for level in levels(against: side) {
            guard side == .buy ? level.price <= limit : level.price >= limit else { break }
            total = try total.adding(level.size)
        }
        return total
    }

    /// What taking `quantity` as `side` would find and cost.
    package func depth(to quantity: Quantity, against side: Side) throws(NumberError) -> BookDepth {
        var depth = BookDepth()
        var open = quantity
        for level in levels(against: side) {
            guard open.isPositive else { break }
            let taken = min(open, level.size)
            try depth.take(taken, at: level.price)
            open = try open.subtracting(taken)
        }
        return depth
    }
}

/// What a quantity finds on a book, before fees: a figure to judge by, not a fill.
///
/// - Units: quantities in base asset, prices in quote asset, `worth` in quote asset (price times quantity; of an
///   inverse contract, whose sizes are contracts of 1 USD, that product is only a weight).
package struct BookDepth: Hashable, Sendable {
    /// What there is of the quantity asked for: less than it where the book ends before.
    package private(set) var quantity = Quantity.zero
    /// What it costs, exact.
    package private(set) var worth = Money.zero
    /// The last price needed; nil where nothing was found.
    package private(set) var worstPrice: Price?
    /// How many levels it takes.
    package private(set) var levelCount = 0

    /// The average price weighted by quantity, rounded once, half to even; throws where nothing was found.
    package func averagePrice(places: UInt8) throws(NumberError) -> Price {
        try worth.per(quantity, places: places)
    }

    fileprivate mutating func take(_ taken: Quantity, at price: Price) throws(NumberError) {
        quantity = try quantity.adding(taken)
        worth = try worth.adding(price.times(taken))
        worstPrice = price
        levelCount += 1
    }
}

extension Collection where Element == BookLevel {
    /// The sum of all sizes, exact, in base asset.
    package func totalSize() throws(NumberError) -> Quantity {
        var total = Quantity.zero
        for level in self { total = try total.adding(level.size) }
        return total
    }
}
