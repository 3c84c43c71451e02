import Contracts
import ExecutionPlane
import HistoricalData

/// The trading rules of a backtest's instruments.
struct BacktestSpecs {
    private static let quoteCoins = ["USDT", "USDC", "USD", "ETH", "BTC", "EUR"]

    private let settings: BacktestSettings
    private let data: DataSet

    init(_ settings: BacktestSettings, _ data: DataSet) {
        self.settings = settings
        self.data = data
    }

    /// One for each instrument of the data, as of `time`.
    func specs(at time: UnixMilliseconds) -> [InstrumentSpec] {
        data.instruments.map { instrument in
            if var known = settings.specs.first(where: { $0.instrument == instrument }) {
                known.meta = EventMeta(source: .market, ts: time)
                return known
            }
            return derived(instrument, time)
        }
    }

    /// Tick and step as the data's figures have them; what is quoted counts as the account's coin.
    private func derived(_ instrument: Instrument, _ time: UnixMilliseconds) -> InstrumentSpec {
        let places = data.sample.places[instrument]
        let step =
            settings.quantityStep
            ?? (instrument.category == .inverse ? 1 : Quantity(units: 1, scale: places?.quantity ?? 3))
        return InstrumentSpec(
            meta: EventMeta(source: .market, ts: time),
            instrument: instrument,
            baseCoin: Self.baseCoin(of: instrument.symbol.description),
            quoteCoin: settings.portfolio.coin,
            status: .trading,
            tickSize: settings.tickSize ?? Price(units: 1, scale: places?.price ?? 2),
            quantityStep: step,
            quantityMin: step,
            notionalMin: settings.notionalMin
        )
    }

    private static func baseCoin(of symbol: String) -> String {
        let name = symbol.split(separator: "-").first.map(String.init) ?? symbol
        guard let quote = quoteCoins.first(where: { name.hasSuffix($0) && name.count > $0.count }) else {
            return name
        }
        return String(name.dropLast(quote.count))
    }
}
