import BybitProtocol
import Contracts

/// Which streams each category of the exchange has, and under which topic an instrument's stream comes.
///
/// - Source: `docs/exchange/bybit-v5.md`, section 3.
package enum StreamCatalogue {
    /// Why `category` has no such stream; nil where it has.
    package static func refusal(of stream: MarketStream, in category: Category) -> String? {
        switch stream {
        case .ticker, .trades, .systemStatus: nil
        case .orderBook(let depth):
            depths(of: category).contains(depth)
                ? nil
                : "\(category.rawValue) has no \(stream): its depths are "
                    + depths(of: category).map(String.init).joined(separator: ", ")
        case .kline(let minutes):
            category == .option
                ? "option has no candles"
                : intervals.contains(minutes) ? nil : "there is no \(stream): \(intervalWords)"
        case .priceLimit: category == .option ? "option has no priceLimit" : nil
        case .liquidations, .adlAlert, .insurance:
            category == .linear || category == .inverse
                ? nil : "\(category.rawValue) has no \(stream): only linear and inverse have"
        }
    }

    /// The topic that carries `stream` of `instrument`; nil where there is none.
    ///
    /// Options' trades come by their base coin, alerts and pools by the coin that a group settles in.
    package static func topic(_ stream: MarketStream, of instrument: Instrument) -> StreamTopic? {
        guard refusal(of: stream, in: instrument.category) == nil else { return nil }
        let symbol: Symbol? =
            switch stream {
            case .trades where instrument.category == .option: baseCoin(of: instrument.symbol)
            case .adlAlert, .insurance: settleGroup(of: instrument)
            case .systemStatus: Symbol("status")
            default: instrument.symbol
            }
        return symbol.map { StreamTopic(stream: stream, symbol: $0) }
    }

    /// Whether `stream` is about single instruments: then their data ends with its connection.
    static func isOfInstruments(_ stream: MarketStream) -> Bool {
        switch stream {
        case .adlAlert, .insurance, .systemStatus: false
        default: true
        }
    }

    /// The depths of `category`'s books.
    package static func depths(of category: Category) -> [Int] {
        category == .option ? [25, 100] : [1, 50, 200, 1_000]
    }

    private static let intervals = [1, 3, 5, 15, 30, 60, 120, 240, 360, 720, 1_440, 10_080, 43_200]
    private static let intervalWords = "the lengths are 1 3 5 15 30 60 120 240 360 720 D W M"

    /// `BTC` of `BTC-13FEB25-89000-P-USDT`.
    private static func baseCoin(of symbol: Symbol) -> Symbol? {
        try? Symbol(ascii: symbol.description.utf8.prefix { $0 != 0x2D })
    }

    /// USDT contracts are named `BTCUSDT` and `BTCUSDT-21FEB25`; the other linear ones settle in USDC.
    private static func settleGroup(of instrument: Instrument) -> Symbol? {
        if instrument.category == .inverse { return Symbol("inverse") }
        let pair = instrument.symbol.description.prefix { $0 != "-" }
        return Symbol(pair.hasSuffix("USDT") ? "USDT" : "USDC")
    }
}
