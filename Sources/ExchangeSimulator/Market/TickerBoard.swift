/// One named value of a ticker, as on the wire.
struct TickerField: Equatable, Sendable {
    let name: String
    let value: String
}

/// Which way the last price moved.
enum TickDirection: String, Sendable {
    case plus = "PlusTick"
    case zeroPlus = "ZeroPlusTick"
    case minus = "MinusTick"
    case zeroMinus = "ZeroMinusTick"

    func next(from old: Fixed, to new: Fixed) -> TickDirection {
        if new > old { return .plus }
        if new < old { return .minus }
        return self == .plus || self == .zeroPlus ? .zeroPlus : .zeroMinus
    }
}

/// Sums over the last 24 hours of finished minutes.
struct DayFigures: Equatable, Sendable {
    var open: Fixed
    var high: Fixed
    var low: Fixed
    var hourAgo: Fixed
    var volume: Int128
    var turnover: Int128
}

/// What a ticker is written from, all in one place.
struct TickerState {
    let spec: InstrumentSpec
    let last: Fixed?
    let direction: TickDirection
    let day: DayFigures?
    let figures: MarketFigures?
    let bestBid: BookLevel?
    let bestAsk: BookLevel?

    /// Fields of a derivative's ticker; what is not known is left out.
    func linearFields() -> [TickerField] {
        var fields = [TickerField(name: "symbol", value: spec.symbol)]
        func add(_ name: String, _ value: String) { fields.append(TickerField(name: name, value: value)) }
        func price(_ value: Fixed) -> String { value.text(decimals: spec.priceDecimals) }
        func size(_ value: Fixed) -> String { value.text(decimals: spec.quantityDecimals) }
        if let last {
            add("tickDirection", direction.rawValue)
            if let day {
                add("price24hPcnt", dayChange(last: last, open: day.open))
                add("lastPrice", price(last))
                add("prevPrice24h", price(day.open))
                add("highPrice24h", price(day.high))
                add("lowPrice24h", price(day.low))
                add("prevPrice1h", price(day.hourAgo))
            } else {
                add("lastPrice", price(last))
            }
        }
        if let figures {
            add("markPrice", price(figures.mark))
            add("indexPrice", price(figures.index))
            add("openInterest", size(figures.openInterest))
            add("openInterestValue", Fixed.text(units: figures.openInterest.times(figures.mark), decimals: 2))
        } else if let bestBid, let bestAsk {
            let middle = price(Fixed(units: (bestBid.price.units + bestAsk.price.units) / 2))
            add("markPrice", middle)
            add("indexPrice", middle)
        }
        if let day {
            add("turnover24h", Fixed.text(units: day.turnover, decimals: 4))
            add("volume24h", Fixed.text(units: day.volume, decimals: spec.quantityDecimals))
        }
        if let figures {
            add("nextFundingTime", String(figures.nextFundingMs))
            add("fundingRate", figures.fundingRate.text(decimals: 8))
            add("fundingIntervalHour", "8")
            add("fundingCap", "0.005")
        }
        if let bestBid {
            add("bid1Price", price(bestBid.price))
            add("bid1Size", size(bestBid.size))
        }
        if let bestAsk {
            add("ask1Price", price(bestAsk.price))
            add("ask1Size", size(bestAsk.size))
        }
        return fields
    }

    /// Fields of a spot ticker, which has no bid and ask.
    func spotFields() -> [TickerField] {
        guard let last, let day else { return [TickerField(name: "symbol", value: spec.symbol)] }
        let decimals = spec.priceDecimals
        return [
            TickerField(name: "symbol", value: spec.symbol),
            TickerField(name: "lastPrice", value: last.text(decimals: decimals)),
            TickerField(name: "highPrice24h", value: day.high.text(decimals: decimals)),
            TickerField(name: "lowPrice24h", value: day.low.text(decimals: decimals)),
            TickerField(name: "prevPrice24h", value: day.open.text(decimals: decimals)),
            TickerField(
                name: "volume24h",
                value: Fixed.text(units: day.volume, decimals: spec.quantityDecimals)
            ),
            TickerField(name: "turnover24h", value: Fixed.text(units: day.turnover, decimals: 4)),
            TickerField(name: "price24hPcnt", value: dayChange(last: last, open: day.open)),
            TickerField(name: "usdIndexPrice", value: figures?.index.text(decimals: decimals) ?? ""),
        ]
    }

    private func dayChange(last: Fixed, open: Fixed) -> String {
        guard open.units != 0 else { return "0" }
        let change = Int128(last.units - open.units) * Int128(Fixed.unitsPerOne) / Int128(open.units)
        return Fixed.text(units: change, decimals: 6)
    }
}

/// What the subscribers of one ticker topic know; gives the next push as the difference.
struct TickerBoard {
    private(set) var known: [TickerField] = []
    private(set) var sequence: UInt64 = 0
    private(set) var isAwake = false

    mutating func sleep() {
        isAwake = false
        known = []
    }

    mutating func wake(_ fields: [TickerField], sequence: UInt64) {
        guard !isAwake else { return }
        isAwake = true
        if fields.count > 1 { known = fields }
        self.sequence = sequence
    }

    /// The fields that changed, or all of them at first, led by the symbol; nil when none did.
    mutating func push(
        _ fields: [TickerField],
        sequence: UInt64
    ) -> (fields: [TickerField], isSnapshot: Bool)? {
        guard fields != known, fields.count > 1 else { return nil }
        let isSnapshot = known.isEmpty
        let changed = isSnapshot ? fields : fields.filter { $0.name == "symbol" || !known.contains($0) }
        known = fields
        self.sequence = sequence
        return (changed, isSnapshot)
    }
}
