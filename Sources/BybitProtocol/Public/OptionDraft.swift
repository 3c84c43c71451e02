import Contracts

/// The members of an option's ticker that no other ticker has, as far as they have been read.
struct OptionDraft {
    private var bidVolatility: Ratio?
    private var askVolatility: Ratio?
    private var markVolatility: Ratio?
    private var underlyingPrice: Price?
    private var delta: Ratio?
    private var gamma: Ratio?
    private var vega: Ratio?
    private var theta: Ratio?
    private var isEmpty = true

    /// Reads the value of `key`, where it is one of these; none of them is so needed that it could break the ticker.
    mutating func read(
        _ key: Slice,
        _ scanner: inout ByteScanner,
        _ counters: inout WireCounters
    ) throws(WireError) -> Bool {
        switch true {
        case scanner.matches(key, "bidIv"): bidVolatility = try scanner.sideFigure("bidIv", &counters)
        case scanner.matches(key, "askIv"): askVolatility = try scanner.sideFigure("askIv", &counters)
        case scanner.matches(key, "markPriceIv"):
            markVolatility = try scanner.sideFigure("markPriceIv", &counters)
        case scanner.matches(key, "underlyingPrice"):
            underlyingPrice = try scanner.sideFigure("underlyingPrice", &counters)
        case scanner.matches(key, "delta"): delta = try scanner.sideFigure("delta", &counters)
        case scanner.matches(key, "gamma"): gamma = try scanner.sideFigure("gamma", &counters)
        case scanner.matches(key, "vega"): vega = try scanner.sideFigure("vega", &counters)
        case scanner.matches(key, "theta"): theta = try scanner.sideFigure("theta", &counters)
        default: return false
        }
        isEmpty = false
        return true
    }

    /// The figures, where there were any.
    func made(_ openInterest: Quantity?) -> OptionFigures? {
        guard !isEmpty else { return nil }
        return OptionFigures(
            bidVolatility: bidVolatility,
            askVolatility: askVolatility,
            markVolatility: markVolatility,
            underlyingPrice: underlyingPrice,
            openInterest: openInterest,
            delta: delta,
            gamma: gamma,
            vega: vega,
            theta: theta
        )
    }
}
