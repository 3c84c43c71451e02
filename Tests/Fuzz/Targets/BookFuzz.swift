import Contracts

/// The first byte gives the depth, four bytes each a change: what, price, size.
enum BookFuzz {
    private static let instrument = Instrument("linear:X")
    private static let scales: [UInt8] = [0, 1, 2, 3, 8, 17, 18, 2]

    static func contradiction(in bytes: [UInt8]) -> String? {
        guard let first = bytes.first, let instrument else { return nil }
        var book = OrderBook(depth: Int(first) % 24 + 1)
        var naive = NaiveBook(depth: book.depth)
        var rest = bytes.dropFirst()
        var update: UInt64 = 0
        while rest.count >= 4 {
            update += 1
            let message = Message(&rest)
            let delta = OrderBookDelta(
                meta: EventMeta(source: .market),
                instrument: instrument,
                exchangeTime: 0,
                depth: book.depth,
                isSnapshot: message.isSnapshot,
                updateID: update,
                levels: ContiguousArray(message.bids + message.asks),
                bidCount: message.bids.count
            )
            book.apply(delta)
            naive.apply(message)
            if Array(book.bids) != naive.bids { return "bids \(book.bids)\ninstead of \(naive.bids)" }
            if Array(book.asks) != naive.asks { return "asks \(book.asks)\ninstead of \(naive.asks)" }
            if let broken = figures(of: book) { return broken }
        }
        return nil
    }

    private static func figures(of book: OrderBook) -> String? {
        guard !(book.isUsable && book.isCrossed) else { return "usable and crossed" }
        if let mid = book.mid, let bid = book.bestBid, let ask = book.bestAsk,
            mid <= bid.price || mid >= ask.price
        {
            return "the middle \(mid) is not between \(bid.price) and \(ask.price)"
        }
        if let imbalance = book.imbalance(levelCount: 5), !(-1...1).contains(imbalance) {
            return "an imbalance of \(imbalance)"
        }
        do throws(NumberError) {
            let all = try book.asks.totalSize()
            let depth = try book.depth(to: all, against: .buy)
            guard depth.quantity == all, depth.levelCount == book.asks.count else {
                return "\(depth.quantity) of \(all)"
            }
            if let worst = depth.worstPrice, try book.quantity(against: .buy, to: worst) != all {
                return "not all of it is there at the worst price"
            }
        } catch {
            // Sums that fit no number are refused; both sides of the comparison say so.
            return nil
        }
        return nil
    }

    /// Changes up to one that ends the message.
    fileprivate struct Message {
        var isSnapshot = false
        var bids: [BookLevel] = []
        var asks: [BookLevel] = []

        init(_ bytes: inout ArraySlice<UInt8>) {
            while bytes.count >= 4 {
                let change = Array(bytes.prefix(4))
                bytes = bytes.dropFirst(4)
                let scale = BookFuzz.scales[Int(change[0] & 7)]
                let power = PowersOfTen.int64[Int(min(scale, 16))]
                // Spread over far more than one scale holds, now and then.
                let units =
                    change[1] == 255 ? Int64(change[2]) << 55 : (Int64(change[1]) + 1) * max(1, power / 4)
                let level = BookLevel(
                    price: Price(units: units, scale: scale),
                    size: Quantity(units: Int64(change[2] >> 2), scale: change[2] & 3)
                )
                if change[0] & 8 == 0 { bids.append(level) } else { asks.append(level) }
                if change[3] < 8 { isSnapshot = true }
                if change[3] < 96 { return }
            }
        }
    }
}

/// The plainest book there is: sorted anew after every message.
private struct NaiveBook {
    let depth: Int
    private var bidSizes: [Price: BookLevel] = [:]
    private var askSizes: [Price: BookLevel] = [:]

    init(depth: Int) { self.depth = depth }

    var bids: [BookLevel] { bidSizes.values.sorted { $0.price < $1.price } }
    var asks: [BookLevel] { askSizes.values.sorted { $0.price > $1.price } }

    mutating func apply(_ message: BookFuzz.Message) {
        if message.isSnapshot { (bidSizes, askSizes) = ([:], [:]) }
        for level in message.bids { bidSizes[level.price] = level.size.isZero ? nil : level }
        for level in message.asks { askSizes[level.price] = level.size.isZero ? nil : level }
        for level in bids.dropLast(depth) { bidSizes[level.price] = nil }
        for level in asks.dropLast(depth) { askSizes[level.price] = nil }
    }
}
