/// Sums over the last 24 hours of finished minutes.
struct DayFigures: Equatable, Sendable {
    var open: Fixed
    var high: Fixed
    var low: Fixed
    var hourAgo: Fixed
    var volume: Int128
    var turnover: Int128
}

/// What a ticker is written from, all in one place; each product line has its own fields.
struct TickerState {
    let spec: InstrumentSpec
    let last: Fixed?
    let direction: TickDirection
    let day: DayFigures?
    let figures: MarketFigures?
    let bestBid: BookLevel?
    let bestAsk: BookLevel?

    /// The fields of the line's ticker on the stream; what is not known is left out.
    func fields() -> [TickerField] {
        switch spec.category {
        case .spot: spotFields()
        case .option: optionFields()
        default: derivativeFields()
        }
    }

    /// The fields of the line's ticker as REST lists it.
    func restFields() -> [TickerField] {
        switch spec.category {
        case .spot: spotFields() + topOfBook()
        case .option: optionFields(bid: "bid1", ask: "ask1", markVolatility: "markIv")
        default:
            derivativeFields().filter { $0.name != "tickDirection" } + [
                TickerField(name: "predictedDeliveryPrice", value: ""),
                TickerField(name: "basisRate", value: ""), TickerField(name: "deliveryFeeRate", value: ""),
                TickerField(name: "basis", value: ""), TickerField(name: "basisRateYear", value: ""),
                TickerField(name: "deliveryTime", value: "0"),
            ]
        }
    }

    // MARK: Product lines

    private func derivativeFields() -> [TickerField] {
        var fields: [TickerField] = []
        fields.reserveCapacity(32)
        func add(_ name: String, _ value: String) { fields.append(TickerField(name: name, value: value)) }
        add("symbol", spec.symbol)
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
            let single = Fixed(units: figures.openInterest.units / 2 / spec.step.units * spec.step.units)
            add("markPrice", price(figures.mark))
            add("indexPrice", price(figures.index))
            add("openInterest", size(figures.openInterest))
            add("openInterestValue", worth(figures.openInterest, at: figures.mark))
            add("singleOpenInterest", size(single))
            add("singleOpenInterestValue", worth(single, at: figures.mark))
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
            add("fundingIntervalHour", String(figures.fundingIntervalHours))
            add("fundingCap", "0.005")
        }
        fields += topOfBook()
        if figures != nil {
            for name in ["preOpenPrice", "preQty", "curPreListingPhase"] { add(name, "") }
        }
        return fields
    }

    /// Fields of a spot ticker, which has no bid and ask.
    private func spotFields() -> [TickerField] {
        guard let last, let day else { return [TickerField(name: "symbol", value: spec.symbol)] }
        return [
            TickerField(name: "symbol", value: spec.symbol),
            TickerField(name: "lastPrice", value: price(last)),
            TickerField(name: "highPrice24h", value: price(day.high)),
            TickerField(name: "lowPrice24h", value: price(day.low)),
            TickerField(name: "prevPrice24h", value: price(day.open)),
            TickerField(
                name: "volume24h",
                value: Fixed.text(units: day.volume, decimals: spec.quantityDecimals)
            ),
            TickerField(name: "turnover24h", value: Fixed.text(units: day.turnover, decimals: 4)),
            TickerField(name: "price24hPcnt", value: dayChange(last: last, open: day.open)),
            TickerField(
                name: "usdIndexPrice",
                value: figures?.index.text(decimals: spec.priceDecimals) ?? ""
            ),
        ]
    }

    /// The stream says `bidPrice` and `markPriceIv` where REST says `bid1Price` and `markIv`.
    private func optionFields(
        bid: String = "bid",
        ask: String = "ask",
        markVolatility: String = "markPriceIv"
    ) -> [TickerField] {
        guard let figures, let option = figures.option else {
            return [TickerField(name: "symbol", value: spec.symbol)]
        }
        var fields: [TickerField] = []
        func add(_ name: String, _ value: String) { fields.append(TickerField(name: name, value: value)) }
        add("symbol", spec.symbol)
        add(bid + "Price", bestBid.map { price($0.price) } ?? "0")
        add(bid + "Size", bestBid.map { size($0.size) } ?? "0")
        add(bid + "Iv", option.bidVolatility.text(decimals: 4))
        add(ask + "Price", bestAsk.map { price($0.price) } ?? "0")
        add(ask + "Size", bestAsk.map { size($0.size) } ?? "0")
        add(ask + "Iv", option.askVolatility.text(decimals: 4))
        add("lastPrice", last.map(price) ?? "0")
        add("highPrice24h", day.map { price($0.high) } ?? "0")
        add("lowPrice24h", day.map { price($0.low) } ?? "0")
        add("markPrice", figures.mark.text(decimals: 8))
        add("indexPrice", figures.index.text(decimals: 2))
        add(markVolatility, option.markVolatility.text(decimals: 4))
        add("underlyingPrice", option.underlying.text(decimals: 2))
        add("openInterest", size(figures.openInterest))
        let turnover = day.map { Fixed.text(units: $0.turnover, decimals: 4) } ?? "0"
        let volume = day.map { Fixed.text(units: $0.volume, decimals: spec.quantityDecimals) } ?? "0"
        add("turnover24h", turnover)
        add("volume24h", volume)
        add("totalVolume", volume)
        add("totalTurnover", turnover)
        add("delta", option.delta.text(decimals: 8))
        add("gamma", option.gamma.text(decimals: 8))
        add("vega", option.vega.text(decimals: 8))
        add("theta", option.theta.text(decimals: 8))
        add("predictedDeliveryPrice", "0")
        add("change24h", last.flatMap { last in day.map { dayChange(last: last, open: $0.open) } } ?? "0")
        return fields
    }

    // MARK: Values

    private func topOfBook() -> [TickerField] {
        var fields: [TickerField] = []
        if let bestBid {
            fields.append(TickerField(name: "bid1Price", value: price(bestBid.price)))
            fields.append(TickerField(name: "bid1Size", value: size(bestBid.size)))
        }
        if let bestAsk {
            fields.append(TickerField(name: "ask1Price", value: price(bestAsk.price)))
            fields.append(TickerField(name: "ask1Size", value: size(bestAsk.size)))
        }
        return fields
    }

    private func price(_ value: Fixed) -> String { value.text(decimals: spec.priceDecimals) }
    private func size(_ value: Fixed) -> String { value.text(decimals: spec.quantityDecimals) }

    private func worth(_ quantity: Fixed, at price: Fixed) -> String {
        Fixed.text(units: spec.turnover(price, quantity), decimals: 2)
    }

    private func dayChange(last: Fixed, open: Fixed) -> String {
        guard open.units != 0 else { return "0" }
        let change = Int128(last.units - open.units) * Int128(Fixed.unitsPerOne) / Int128(open.units)
        return Fixed.text(units: change, decimals: 6)
    }
}
