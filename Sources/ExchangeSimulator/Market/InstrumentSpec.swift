/// What the simulated exchange says about one symbol: names, tick and step.
struct InstrumentSpec: Equatable, Sendable {
    let symbol: String
    var priceDecimals: Int
    var quantityDecimals: Int

    var tick: Fixed { Fixed(1, decimals: priceDecimals) }
    var step: Fixed { Fixed(1, decimals: quantityDecimals) }

    /// `BTCUSDT` is `BTC` against `USDT`; a name without a known quote coin is its own base against USDT.
    var coins: (base: String, quote: String) {
        for quote in ["USDT", "USDC", "USD", "ETH", "BTC"] where symbol.hasSuffix(quote) && symbol != quote {
            return (String(symbol.dropLast(quote.utf8.count)), quote)
        }
        return (symbol, "USDT")
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

    /// Takes a number seen in a recording into account: ticks only ever get finer.
    mutating func refine(priceDecimals: Int, quantityDecimals: Int) {
        self.priceDecimals = max(self.priceDecimals, priceDecimals)
        self.quantityDecimals = max(self.quantityDecimals, quantityDecimals)
    }
}
