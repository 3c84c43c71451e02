import Contracts
import Recording

/// A message's members by name; each value is read when it is asked for.
struct BinanceObject {
    private let line: [UInt8]
    private var members: [(name: Range<Int>, value: Range<Int>)] = []

    init?(_ line: [UInt8]) {
        self.line = line
        var members: [(name: Range<Int>, value: Range<Int>)] = []
        guard LineMembers.forEach(in: line.span, { members.append(($0, $1)) }) else { return nil }
        self.members = members
    }

    var depth: BinanceMessage? {
        guard let first = number("U"), let last = number("u"), let time = number("E"),
            let sides = sides("b", "a")
        else { return nil }
        return .depth(
            BinanceDepth(
                first: first,
                last: last,
                previous: number("pu"),
                time: UnixMilliseconds(time),
                levels: sides.levels,
                bidCount: sides.bidCount
            )
        )
    }

    var trade: BinanceMessage? {
        guard let id = number("t"), let time = number("T"), let price = decimal("p"), price.units > 0,
            let quantity = decimal("q"), quantity.units > 0, let maker = value("m")
        else { return nil }
        return .trade(
            id: id,
            time: UnixMilliseconds(time),
            price: Price(units: price.units, scale: UInt8(price.scale)),
            quantity: Quantity(units: quantity.units, scale: UInt8(quantity.scale)),
            buyerIsMaker: line[maker].elementsEqual("true".utf8)
        )
    }

    var touch: BinanceMessage? {
        guard let bid = level("b", "B"), let ask = level("a", "A") else { return nil }
        return .touch(bid: bid, ask: ask)
    }

    var mark: BinanceMessage? {
        guard let price = decimal("p") else { return nil }
        return .mark(
            price: Price(units: price.units, scale: UInt8(price.scale)),
            index: decimal("i").map { Price(units: $0.units, scale: UInt8($0.scale)) },
            rate: decimal("r").map { Ratio(units: $0.units, scale: UInt8($0.scale)) },
            nextFunding: number("T").map(UnixMilliseconds.init)
        )
    }

    func number(_ name: String) -> UInt64? {
        value(name).flatMap { DecimalField.whole(line, $0) }.flatMap { UInt64(exactly: $0) }
    }

    func text(_ name: String) -> String? {
        value(name).map { String(decoding: line[$0.inner], as: UTF8.self) }
    }

    func object(_ name: String) -> BinanceObject? { value(name).flatMap { BinanceObject(Array(line[$0])) } }

    /// Bids and asks, each an array of pairs of price and size.
    func sides(_ bids: String, _ asks: String) -> (levels: ContiguousArray<BookLevel>, bidCount: Int)? {
        guard let bids = value(bids), let asks = value(asks) else { return nil }
        var levels: ContiguousArray<BookLevel> = []
        guard read(bids, into: &levels) else { return nil }
        let bidCount = levels.count
        guard read(asks, into: &levels) else { return nil }
        return (levels, bidCount)
    }

    private func value(_ name: String) -> Range<Int>? {
        members.first { line[$0.name].elementsEqual(name.utf8) }?.value
    }

    private func decimal(_ name: String) -> DecimalField.Number? {
        value(name).flatMap { DecimalField.read(line, $0.inner) }
    }

    private func level(_ price: String, _ size: String) -> BookLevel? {
        guard let price = decimal(price), let size = decimal(size) else { return nil }
        return BookLevel(price, size)
    }

    /// Reads `[["63943.90","46.372"],…]`: four quotes to a pair.
    private func read(_ range: Range<Int>, into levels: inout ContiguousArray<BookLevel>) -> Bool {
        var (start, price) = (Int?.none, DecimalField.Number?.none)
        for at in range where line[at] == UInt8(ascii: "\"") {
            guard let begin = start else {
                start = at + 1
                continue
            }
            start = nil
            guard let number = DecimalField.read(line, begin..<at) else { return false }
            if let first = price {
                levels.append(BookLevel(first, number))
                price = nil
            } else {
                price = number
            }
        }
        return start == nil && price == nil
    }
}

extension BookLevel {
    fileprivate init(_ price: DecimalField.Number, _ size: DecimalField.Number) {
        self.init(
            price: Price(units: price.units, scale: UInt8(price.scale)),
            size: Quantity(units: size.units, scale: UInt8(size.scale))
        )
    }
}

extension Range<Int> {
    /// A quoted value without its quotes; another one as it is.
    fileprivate var inner: Range<Int> { count >= 2 ? lowerBound + 1..<upperBound - 1 : self }
}
