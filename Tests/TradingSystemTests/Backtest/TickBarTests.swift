import AnalyticsPlane
import Contracts
import EventKernel
import Foundation
import HistoricalData
import Testing

/// Section 7 of the oracles: every `bars_1m_from_trades*.csv`, from the file of trades that it begins with.
@Suite struct `Bars from ticks of the oracles` {
    @Test(arguments: SharedFolder.oracles("bars_1m_from_trades", ".csv"))
    func `are those of the exchange's trades, trade by trade`(url: URL) throws {
        // Given
        let table = try OracleTable(url)
        let trades = try #require(try Self.trades(beginning: table), "no file of trades has these bars")
        let starts = table.times("open_time_ms")
        // When
        let bars = try trades.bars(minutes: 1).filter { starts.contains($0.start) }
        // Then
        #expect(bars.map(\.start) == starts)
        #expect(bars.map(\.tradeCount) == table.texts("trades").map { Int($0) ?? -1 })
        let columns: [(String, (TradeBar) -> Double)] = [
            ("open", \.open.approximate), ("high", \.high.approximate), ("low", \.low.approximate),
            ("close", \.close.approximate), ("volume", \.volume.approximate),
            ("taker_buy_volume", \.takerBuyVolume.approximate), ("vwap", { $0.vwap ?? .nan }),
        ]
        for (name, value) in columns {
            let wrong = zip(bars, table.numbers(name)).filter { !agree(value($0), $1) }
            #expect(wrong.isEmpty, "\(name): \(wrong.count) differ")
        }
    }

    @Test(arguments: SharedFolder.oracles("bars_1m_from_trades", ".csv"))
    func `are those that the feature engine builds`(url: URL) throws {
        // Given
        let table = try OracleTable(url)
        let trades = try #require(try Self.trades(beginning: table))
        let kernel = Kernel()
        var settings = FeatureSettings(source: .trades, barSeconds: 60)
        settings.features = FeatureMask([.volume, .tradeFlow])
        _ = FeatureEngine(settings: settings, kernel: kernel)
        let told = Told(kernel)
        // When
        let feed = MarketFeed([TradeSource(trades)])
        while try feed.tell(to: kernel) {}
        let end = (table.times("open_time_ms").last ?? 0) + 120_000
        kernel.ingest(ClockEvent(meta: EventMeta(source: .system, ts: end)))
        // Then
        let starts = table.times("open_time_ms")
        let bars = told.features.filter { starts.contains($0.barEnd - 60_000) }
        // The last bar of all is closed by what comes after it.
        #expect(bars.map { $0.barEnd - 60_000 } == Array(starts.prefix(bars.count)))
        #expect(bars.count >= starts.count - 1)
        for (name, value) in [
            ("open", \FeatureSet.open), ("high", \.high), ("low", \.low), ("close", \.close),
        ] {
            let wrong = zip(bars, table.numbers(name)).filter { !agree($0[keyPath: value].approximate, $1) }
            #expect(wrong.isEmpty, "\(name): \(wrong.count) differ")
        }
        let (volumes, bought) = (table.numbers("volume"), table.numbers("taker_buy_volume"))
        for (bar, figures) in zip(bars, zip(volumes, bought)) {
            #expect(agree(bar[.volume], figures.0))
            #expect(agree(bar[.tradeFlow], (2 * figures.1 - figures.0) / figures.0))
        }
    }

    /// The trades of the file whose first bar is the table's.
    private static func trades(beginning table: OracleTable) throws -> TradeColumns? {
        guard let start = table.times("open_time_ms").first, let open = table.numbers("open").first else {
            return nil
        }
        let folder = SharedFolder.data("trades")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where name.hasSuffix(".csv.gz") {
            let data = try DataSet(reading: ["\(folder)/\(name)"], .init(sharesTrades: true))
            guard case .trades(let trades) = data.parts[0],
                let first = trades.times.firstIndex(where: { $0 >= start }),
                trades.times[first] < start + 60_000
            else { continue }
            let price = Price(units: trades.prices.units[first], scale: trades.prices.scale)
            if agree(price.approximate, open) { return trades }
        }
        return nil
    }

    private final class Told {
        var features: [FeatureSet] = []

        init(_ kernel: Kernel) {
            kernel.bus.on(FeatureSet.self, as: .backtestHost) { self.features.append(copy $0) }
        }
    }
}
