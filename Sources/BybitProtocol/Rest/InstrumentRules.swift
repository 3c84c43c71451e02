import Contracts

/// One element of the instruments' list, as far as it has been read.
struct InstrumentRules {
    var symbol: Symbol?
    private var baseCoin = ""
    private var quoteCoin = ""
    private var status = InstrumentSpec.Status.other
    private var tickSize: Price?
    private var quantityStep: Quantity?
    private var basePrecision: Quantity?
    private var quantityMin: Quantity?
    private var quantityMax: Quantity?
    private var limitQuantityMax: Quantity?
    private var notionalMin: Money?
    private var leverageMax: Ratio?

    mutating func read(_ scanner: inout ByteScanner) throws(WireError) {
        try scanner.enterObject("instrument")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "symbol"): symbol = try scanner.symbol("symbol")
            case scanner.matches(key, "baseCoin"):
                baseCoin = try scanner.scalar("baseCoin").map(scanner.text) ?? ""
            case scanner.matches(key, "quoteCoin"):
                quoteCoin = try scanner.scalar("quoteCoin").map(scanner.text) ?? ""
            case scanner.matches(key, "status"):
                status = try scanner.scalar("status").map { Self.status(scanner.text($0)) } ?? .other
            case scanner.matches(key, "priceFilter"), scanner.matches(key, "lotSizeFilter"),
                scanner.matches(key, "leverageFilter"):
                try readFilter(&scanner)
            default: try scanner.skipValue()
            }
        }
    }

    /// The filters share no member names, so that one reader serves all.
    private mutating func readFilter(_ scanner: inout ByteScanner) throws(WireError) {
        try scanner.enterObject("filter")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "tickSize"): tickSize = try scanner.decimal("tickSize")
            case scanner.matches(key, "qtyStep"): quantityStep = try scanner.decimal("qtyStep")
            case scanner.matches(key, "basePrecision"): basePrecision = try scanner.decimal("basePrecision")
            case scanner.matches(key, "minOrderQty"): quantityMin = try scanner.decimal("minOrderQty")
            case scanner.matches(key, "maxOrderQty"): quantityMax = try scanner.bound("maxOrderQty")
            case scanner.matches(key, "maxLimitOrderQty"):
                limitQuantityMax = try scanner.bound("maxLimitOrderQty")
            case scanner.matches(key, "minNotionalValue"), scanner.matches(key, "minOrderAmt"):
                notionalMin = try scanner.money("minNotionalValue")
            case scanner.matches(key, "maxLeverage"): leverageMax = try scanner.decimal("maxLeverage")
            default: try scanner.skipValue()
            }
        }
    }

    /// The rules, where they are whole: a tick and a step above zero.
    func spec(_ category: Category, _ meta: EventMeta) throws(WireError) -> InstrumentSpec {
        guard let symbol else { throw .missing(field: "symbol") }
        guard let tickSize, tickSize.isPositive else { throw .missing(field: "tickSize") }
        // Spot has no qtyStep; its base precision is the step.
        guard let step = quantityStep ?? basePrecision, step.isPositive else {
            throw .missing(field: "qtyStep")
        }
        return InstrumentSpec(
            meta: meta,
            instrument: Instrument(category: category, symbol: symbol),
            baseCoin: baseCoin,
            quoteCoin: quoteCoin,
            status: status,
            tickSize: tickSize,
            quantityStep: step,
            quantityMin: quantityMin ?? step,
            quantityMax: limitQuantityMax ?? quantityMax,
            notionalMin: notionalMin,
            leverageMax: leverageMax
        )
    }

    private static func status(_ text: String) -> InstrumentSpec.Status {
        switch text {
        case "Trading": .trading
        case "PreLaunch": .preLaunch
        case "Delivering": .delivering
        case "Closed": .closed
        default: .other
        }
    }
}

extension ByteScanner {
    /// An upper bound: one too large for any order of ours is as good as none.
    mutating func bound(_ field: StaticString) throws(WireError) -> Quantity? {
        var counters = WireCounters()
        return try sideFigure(field, &counters)
    }
}
