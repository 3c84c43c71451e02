/// A symbol of an invented market and the product line it is on.
struct Listing: Hashable, Sendable {
    let symbol: String
    let category: Category

    static let listingsMax = 2000
    private static let expected =
        "symbols such as BTCUSDT (linear and spot), linear:BTCUSDT, spot:BTCUSDT, inverse:BTCUSD, "
        + "option:BTC (a small chain) or option:BTC-27NOV26-90000-C, each once"

    /// What a list of names stands for; chains of options are laid round the starting price.
    static func list(_ names: [String], startMs: Int64) throws(SimulatorError) -> [Listing] {
        var listings: [Listing] = []
        for name in names {
            guard let meant = meaning(of: name, startMs: startMs), !meant.isEmpty else {
                throw .badOption(option: "--symbols", value: name, expected: expected)
            }
            listings += meant
        }
        guard !listings.isEmpty, Set(listings).count == listings.count, listings.count <= listingsMax else {
            throw .badOption(option: "--symbols", value: names.joined(separator: ","), expected: expected)
        }
        return listings
    }

    private static func meaning(of name: String, startMs: Int64) -> [Listing]? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let symbol = parts.last, InstrumentSpec.isSymbol(symbol), parts.count <= 2 else { return nil }
        if parts.count == 2 {
            guard let category = Category(rawValue: parts[0]) else { return nil }
            guard category == .option else { return [Listing(symbol: symbol, category: category)] }
            if symbol.contains("-") {
                return OptionTerms(symbol: symbol).map { _ in [Listing(symbol: symbol, category: .option)] }
            }
            return chain(base: symbol, startMs: startMs)
        }
        if OptionTerms(symbol: symbol) != nil { return [Listing(symbol: symbol, category: .option)] }
        let spec = InstrumentSpec(symbol: symbol, priceDecimals: 0, quantityDecimals: 0)
        if spec.coins.quote == "USD" { return [Listing(symbol: symbol, category: .inverse)] }
        return [Listing(symbol: symbol, category: .linear), Listing(symbol: symbol, category: .spot)]
    }

    /// Calls and puts at three strikes, for the first Friday at least a week away.
    private static func chain(base: String, startMs: Int64) -> [Listing] {
        let profile = SymbolProfile(symbol: base + "USDT")
        let price = Double(profile.startPrice) / Double(Fixed.powerOfTen(profile.spec.priceDecimals))
        var grid: Int64 = 1
        while Double(grid) * 100 < price { grid *= 10 }
        let date = OptionTerms.code(ofMs: OptionTerms.friday(afterMs: startMs, daysAhead: 7))
        let middle = max(grid * 2, Int64(price) / grid * grid)
        return [middle - grid, middle, middle + grid].flatMap { strike in
            ["C", "P"].map { Listing(symbol: "\(base)-\(date)-\(strike)-\($0)", category: .option) }
        }
    }
}
