import Contracts

/// What a minute's, or another stretch's, trades come to.
///
/// - Units: volumes in base asset, `worth` the exact sum of price times quantity.
package struct TradeBar: Hashable, Sendable {
    package let start: UnixMilliseconds
    package let open: Price
    package private(set) var high: Price
    package private(set) var low: Price
    package private(set) var close: Price
    package private(set) var volume: Quantity
    package private(set) var takerBuyVolume = Quantity.zero
    package private(set) var worth: Money
    package private(set) var tradeCount = 0

    fileprivate init(_ start: UnixMilliseconds, _ price: Price) {
        self.start = start
        (open, high, low, close) = (price, price, price, price)
        (volume, worth) = (.zero, .zero)
    }

    /// The mean price weighted by quantity; nil where nothing was traded.
    package var vwap: Double? { volume.isZero ? nil : worth.approximate / volume.approximate }

    fileprivate mutating func add(_ price: Price, _ quantity: Quantity, isBuy: Bool) throws(NumberError) {
        high = max(high, price)
        low = min(low, price)
        close = price
        volume = try volume.adding(quantity)
        if isBuy { takerBuyVolume = try takerBuyVolume.adding(quantity) }
        worth = try worth.adding(price.times(quantity))
        tradeCount += 1
    }
}

extension TradeColumns {
    /// The trades' bars of `minutes`, by the time of each trade rounded down; stretches without a trade have none.
    package func bars(minutes: Int) throws(NumberError) -> [TradeBar] {
        let length = Int64(minutes) * 60_000
        var bars: [TradeBar] = []
        for index in 0..<count {
            let (time, units) = (times[index], quantities.units[index])
            let price = Price(units: prices.units[index], scale: prices.scale)
            let start = time - (time % length + length) % length
            if bars.last?.start != start { bars.append(TradeBar(start, price)) }
            try bars[bars.count - 1].add(
                price,
                Quantity(units: abs(units), scale: quantities.scale),
                isBuy: units > 0
            )
        }
        return bars
    }
}

extension CandleColumns {
    /// The same bars as candles.
    package init(_ bars: [TradeBar], instrument: Instrument, minutes: Int) throws(DataError) {
        var (prices, volumes) = (DecimalColumn(), DecimalColumn())
        for bar in bars {
            let fits = [bar.open, bar.high, bar.low, bar.close].allSatisfy { price in
                prices.append(DecimalField.Number(units: price.units, scale: Int(price.scale)))
            }
            let volume = DecimalField.Number(units: bar.volume.units, scale: Int(bar.volume.scale))
            guard fits, volumes.append(volume) else {
                throw .outOfRange(path: "bars", line: volumes.count + 1)
            }
        }
        self.init(
            instrument: instrument,
            minutes: minutes,
            starts: ContiguousArray(bars.map(\.start)),
            prices: prices,
            volumes: volumes
        )
    }
}
