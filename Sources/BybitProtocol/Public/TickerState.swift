import Contracts

/// All that a symbol's ticker messages have said since the last snapshot.
///
/// A change names only what changed, so that every message is merged into this; an absent field is unchanged.
struct TickerState {
    var sequence: UInt64 = 0
    var isAnchored = false
    var lastPrice: Price?
    var markPrice: Price?
    var indexPrice: Price?
    var bidPrice: Price?
    var bidSize: Quantity?
    var askPrice: Price?
    var askSize: Quantity?
    var high24h: Price?
    var low24h: Price?
    var volume24h: Quantity?
    var turnover24h: Money?
    var change24h: Ratio?
    var openInterest: Quantity?
    var openInterestValue: Money?
    var fundingRate: Ratio?
    var nextFundingTime: UnixMilliseconds?
    var fundingIntervalHours: Int?
    var option: OptionFigures?

    func ticker(_ meta: EventMeta, _ instrument: Instrument, at time: UnixMilliseconds) -> TickerEvent {
        TickerEvent(
            meta: meta,
            instrument: instrument,
            exchangeTime: time,
            lastPrice: lastPrice,
            markPrice: markPrice,
            indexPrice: indexPrice,
            bidPrice: bidPrice,
            bidSize: bidSize,
            askPrice: askPrice,
            askSize: askSize,
            high24h: high24h,
            low24h: low24h,
            volume24h: volume24h,
            turnover24h: turnover24h,
            change24h: change24h,
            option: option
        )
    }
}

extension TickerState {
    /// Reads the members of a ticker's `data` into the state.
    mutating func merge(
        _ scanner: inout ByteScanner,
        counters: inout WireCounters
    ) throws(WireError) {
        var figures = OptionDraft()
        try scanner.enterObject("data")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            if try mergeTouch(key, &scanner) { continue }
            if try mergeDay(key, &scanner, &counters) { continue }
            if try mergeContract(key, &scanner, &counters) { continue }
            if try figures.read(key, &scanner, &counters) { continue }
            if !Self.isKnown(key, scanner) { counters.unknownFields &+= 1 }
            try scanner.skipValue()
        }
        if let made = figures.made(openInterest) { option = made }
    }

    @inline(__always)
    private mutating func mergeTouch(_ key: Slice, _ scanner: inout ByteScanner) throws(WireError) -> Bool {
        switch true {
        case scanner.matches(key, "bid1Price"), scanner.matches(key, "bidPrice"):
            bidPrice = try scanner.decimal("bid1Price")
        case scanner.matches(key, "bid1Size"), scanner.matches(key, "bidSize"):
            bidSize = try scanner.decimal("bid1Size")
        case scanner.matches(key, "ask1Price"), scanner.matches(key, "askPrice"):
            askPrice = try scanner.decimal("ask1Price")
        case scanner.matches(key, "ask1Size"), scanner.matches(key, "askSize"):
            askSize = try scanner.decimal("ask1Size")
        case scanner.matches(key, "lastPrice"): lastPrice = try scanner.decimal("lastPrice")
        case scanner.matches(key, "markPrice"): markPrice = try scanner.decimal("markPrice")
        case scanner.matches(key, "indexPrice"): indexPrice = try scanner.decimal("indexPrice")
        default: return false
        }
        return true
    }

    private mutating func mergeDay(
        _ key: Slice,
        _ scanner: inout ByteScanner,
        _ counters: inout WireCounters
    ) throws(WireError) -> Bool {
        switch true {
        case scanner.matches(key, "volume24h"): volume24h = try scanner.sideFigure("volume24h", &counters)
        case scanner.matches(key, "turnover24h"):
            turnover24h = try scanner.sideAmount("turnover24h", &counters)
        case scanner.matches(key, "price24hPcnt"), scanner.matches(key, "change24h"):
            change24h = try scanner.sideFigure("price24hPcnt", &counters)
        case scanner.matches(key, "highPrice24h"): high24h = try scanner.decimal("highPrice24h")
        case scanner.matches(key, "lowPrice24h"): low24h = try scanner.decimal("lowPrice24h")
        default: return false
        }
        return true
    }

    private mutating func mergeContract(
        _ key: Slice,
        _ scanner: inout ByteScanner,
        _ counters: inout WireCounters
    ) throws(WireError) -> Bool {
        switch true {
        case scanner.matches(key, "openInterest"):
            openInterest = try scanner.sideFigure("openInterest", &counters)
        case scanner.matches(key, "openInterestValue"):
            openInterestValue = try scanner.sideAmount("openInterestValue", &counters)
        case scanner.matches(key, "fundingRate"): fundingRate = try scanner.decimal("fundingRate")
        case scanner.matches(key, "nextFundingTime"): nextFundingTime = try scanner.time("nextFundingTime")
        case scanner.matches(key, "fundingIntervalHour"):
            fundingIntervalHours = try scanner.whole("fundingIntervalHour").flatMap { Int(exactly: $0) }
        default: return false
        }
        return true
    }

    private static func isKnown(_ key: Slice, _ scanner: ByteScanner) -> Bool {
        ignored.contains { scanner.matches(key, $0) }
    }

    /// What the exchange sends and nothing here needs.
    private static let ignored: [StaticString] = [
        "symbol", "tickDirection", "prevPrice24h", "prevPrice1h", "singleOpenInterest",
        "singleOpenInterestValue",
        "fundingCap", "usdIndexPrice", "preOpenPrice", "preQty", "curPreListingPhase", "deliveryTime",
        "basisRate", "deliveryFeeRate", "predictedDeliveryPrice", "basis", "basisRateYear", "totalVolume",
        "totalTurnover",
    ]
}

extension ByteScanner {
    /// A figure nobody trades on: what has no exact value is left out and counted, not an error.
    mutating func sideFigure<Kind>(
        _ field: StaticString,
        _ counters: inout WireCounters
    ) throws(WireError) -> Decimal64<Kind>? {
        do throws(WireError) {
            return try decimal(field)
        } catch {
            guard case .unrepresentable = error else { throw error }
            counters.unrepresentable &+= 1
            return nil
        }
    }

    mutating func sideAmount(
        _ field: StaticString,
        _ counters: inout WireCounters
    ) throws(WireError) -> Money? {
        do throws(WireError) {
            return try money(field)
        } catch {
            guard case .unrepresentable = error else { throw error }
            counters.unrepresentable &+= 1
            return nil
        }
    }
}
