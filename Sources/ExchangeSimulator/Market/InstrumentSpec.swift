/// What the simulated exchange says about one symbol: names, tick and step.
struct InstrumentSpec: Equatable, Sendable {
    let symbol: String
    var priceDecimals: Int
    var quantityDecimals: Int
    /// The product line; nil for a recording that does not say, which then shows on every line that fits.
    var category: Category?
    /// Of the books that a recording holds; these are not made here.
    var recordedDepths: Set<Int> = []

    init(symbol: String, priceDecimals: Int, quantityDecimals: Int, category: Category? = nil) {
        (self.symbol, self.category) = (symbol, category)
        (self.priceDecimals, self.quantityDecimals) = (priceDecimals, quantityDecimals)
    }

    var tick: Fixed { Fixed(1, decimals: priceDecimals) }
    var step: Fixed { Fixed(1, decimals: quantityDecimals) }

    /// What events call this market: the symbol, led by the product line where that is known.
    var name: String { category.map { $0.rawValue + ":" + symbol } ?? symbol }

    /// The product lines it shows on.
    var lines: [Category] {
        if let category { return [category] }
        return coins.quote == "USD" ? [.linear, .inverse, .spot] : [.linear, .spot]
    }

    /// `BTCUSDT` is `BTC` against `USDT`; a name without a known quote coin is its own base against USDT.
    var coins: (base: String, quote: String) {
        if let option = OptionTerms(symbol: symbol) { return (option.base, "USD") }
        let whole = symbol.prefix { $0 != "-" }
        if whole.hasSuffix("PERP") { return (String(whole.dropLast(4)), "USDC") }
        for quote in ["USDT", "USDC", "USD", "ETH", "BTC"] where whole.hasSuffix(quote) && whole != quote {
            return (String(whole.dropLast(quote.utf8.count)), quote)
        }
        return (symbol, "USDT")
    }

    /// The coin profits are paid in.
    var settleCoin: String {
        switch category {
        case .inverse: coins.base
        case .option: OptionTerms(symbol: symbol)?.settle ?? "USDC"
        default: coins.quote
        }
    }

    /// The insurance pool behind it: `USDT`, `USDC` or `inverse`; nil where there is none.
    var poolGroup: String? {
        switch category {
        case .inverse: "inverse"
        case .linear, nil: coins.quote == "USDC" ? "USDC" : "USDT"
        case .spot, .option: nil
        }
    }

    /// The value of a trade in units of 10⁻⁸: quote coin, on the inverse line base coin.
    func turnover(_ price: Fixed, _ quantity: Fixed) -> Int128 {
        guard category == .inverse, price.units > 0 else { return price.times(quantity) }
        return Int128(quantity.units) * Int128(Fixed.unitsPerOne) / Int128(price.units)
    }

    /// Symbols are upper-case letters, digits and dashes, at most 32 of them.
    static func isSymbol(_ text: some StringProtocol) -> Bool {
        (2...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Takes what else is known of it into account.
    mutating func refine(with other: InstrumentSpec) {
        refine(priceDecimals: other.priceDecimals, quantityDecimals: other.quantityDecimals)
        recordedDepths.formUnion(other.recordedDepths)
    }

    /// Takes a number seen in a recording into account: ticks only ever get finer.
    mutating func refine(priceDecimals: Int, quantityDecimals: Int) {
        self.priceDecimals = max(self.priceDecimals, priceDecimals)
        self.quantityDecimals = max(self.quantityDecimals, quantityDecimals)
    }
}
