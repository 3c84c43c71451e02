import AnalyticsPlane
import Contracts
import ExecutionPlane
import Foundation
import HistoricalData
import RiskPlane
import StrategyPlane
import Testing

@testable import TradingSystem

/// Section 9 of the oracles: every `backtest_expected*.json` with the trades and equity of the same ending.
@Suite struct `Reference backtest of the oracles` {
    @Test(arguments: SharedFolder.oracles("backtest_expected", ".json"))
    func `agrees in every fill, fee, funding and close`(url: URL) throws {
        // Given
        let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: url))
        let ending = url.lastPathComponent.dropFirst("backtest_expected".count).dropLast(".json".count)
        let folder = url.deletingLastPathComponent()
        let trades = try OracleTable(folder.appendingPathComponent("backtest_trades\(ending).csv"))
        let equity = try OracleTable(folder.appendingPathComponent("backtest_equity\(ending).csv"))
        let data = try expected.data()
        // When
        let result = try BacktestRun(settings: try expected.settings(), data: data).run()
        // Then
        #expect(result.errors.isEmpty, "\(result.errors)")
        #expect(result.rejections.isEmpty, "\(result.rejections)")
        #expect(result.fillCount == expected.fills)
        #expect(result.fills.map(\.time) == trades.times("fill_open_time_ms"))
        for (fill, row) in zip(
            result.fills,
            zip(trades.numbers("qty_signed"), zip(trades.numbers("price"), trades.numbers("fee")))
        ) {
            #expect(agree(fill.quantity.approximate, row.0), "\(fill)")
            #expect(agree(fill.price.approximate, row.1.0), "\(fill)")
            #expect(agree(fill.fee.approximate, row.1.1), "\(fill)")
        }
        expect(result, equity, expected)
    }

    private func expect(_ result: BacktestResult, _ equity: OracleTable, _ expected: Expected) {
        let closes = equity.times("open_time_ms").map { $0 + 300_000 }
        #expect(result.curve.map(\.time) == closes)
        let wrong = zip(result.curve, equity.numbers("equity_at_close")).filter { !agree($0.equity, $1) }
        #expect(wrong.isEmpty, "\(wrong.count) closes differ, first \(String(describing: wrong.first))")
        #expect(agree(result.finalEquity, expected.finalEquity))
        #expect(agree(result.account?.funding.approximate ?? 0, expected.fundingPaid))
        #expect(agree(result.account?.fees.approximate ?? 0, expected.feesPaid))
        #expect(agree(result.drawdownMax, expected.maxDrawdown))
        #expect(agree(result.openPositions.first?.quantity.approximate ?? 0, expected.openQtyAtEnd))
        #expect(
            agree(
                result.profit.net?.approximate ?? 0,
                (result.account?.equity.approximate ?? 0) - expected.startCash
            )
        )
    }

    /// What the run is made from, and what it must come to.
    struct Expected: Decodable {
        let symbol: String
        let start: String
        let bars: Int
        let emaFast: Int
        let emaSlow: Int
        let takerFee: Double
        let slippage: Double
        let startCash: Double
        let fractionOfCash: Double
        let qtyStep: Double
        let fills: Int
        let finalEquity: Double
        let fundingPaid: Double
        let feesPaid: Double
        let openQtyAtEnd: Double
        let maxDrawdown: Double

        private enum CodingKeys: String, CodingKey {
            case symbol, start, bars, slippage, fills
            case emaFast = "ema_fast"
            case emaSlow = "ema_slow"
            case takerFee = "taker_fee"
            case startCash = "start_cash"
            case fractionOfCash = "fraction_of_cash"
            case qtyStep = "qty_step"
            case finalEquity = "final_equity"
            case fundingPaid = "funding_paid"
            case feesPaid = "fees_paid"
            case openQtyAtEnd = "open_qty_at_end"
            case maxDrawdown = "max_drawdown"
        }

        func data() throws -> DataSet {
            let paths = ["5m", "funding", "mark_1h"].map {
                SharedFolder.data("bybit_linear/\(symbol)_\($0).csv.gz")
            }
            let whole = try DataSet(reading: paths.filter { FileManager.default.fileExists(atPath: $0) })
            let midnight = try #require(try? Date("\(start)T00:00:00Z", strategy: .iso8601))
            let from = UnixMilliseconds(midnight.timeIntervalSince1970 * 1_000)
            guard case .candles(let candles) = whole.parts[0] else { throw CocoaError(.fileReadCorruptFile) }
            let first = candles.indices(from: from, to: nil).lowerBound
            let end = candles.starts[min(first + bars, candles.count) - 1] + candles.milliseconds
            return try DataSet(parts: whole.parts, from: from, to: end)
        }

        func settings() throws -> BacktestSettings {
            var settings = BacktestSettings()
            settings.features = FeatureSettings(
                source: .klines(minutes: 5),
                emaFastBars: emaFast,
                emaSlowBars: emaSlow
            )
            settings.features.features = FeatureMask([.emaFast, .emaSlow])
            let slippage = try Ratio(nearestTo: slippage, scale: 8)
            settings.strategy.emaCross = EMACrossSettings(
                options: StrategyOptions(
                    id: StrategyID("ema-cross"),
                    sizing: .equityFraction(try Ratio(nearestTo: fractionOfCash, scale: 8)),
                    timing: .nextOpen,
                    reversal: .throughFlat,
                    expectedSlippage: slippage,
                    slippageMax: Ratio(units: 5, scale: 1)
                ),
                mode: .always
            )
            settings.risk = .widest
            settings.venue = PaperVenueSettings(
                liquidity: .candles(slippage: slippage),
                takerFee: try Ratio(nearestTo: takerFee, scale: 8)
            )
            settings.portfolio.startingEquity = try Money(nearestTo: startCash, scale: 2)
            settings.quantityStep = try Quantity(nearestTo: qtyStep, scale: 8)
            return settings
        }
    }
}
