import AnalyticsPlane
import Contracts
import EventKernel
import Foundation
import TestKit
import Testing

/// The features against TA-Lib's figures on real candles: every entry of every `indicators_params*.json`.
@Suite struct `Feature oracles` {
    struct Sample: Decodable, Sendable, CustomStringConvertible {
        struct Bands: Decodable, Sendable {
            let figures: [Double]
            init(from decoder: any Decoder) throws { figures = try [Double](from: decoder) }
            subscript(index: Int) -> Int { Int(figures[index]) }
        }
        let tag: String
        let sma, ema, wma, rsi, atr, adx, cci, mfi, roc, rv, don, rvwap: Int
        let macd, bb, stoch, kel, st: Bands
        var description: String { tag }
    }

    static let folder =
        (ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared") + "/oracles"

    static let samples: [Sample] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let found = names.sorted().filter { $0.hasPrefix("indicators_params") && $0.hasSuffix(".json") }
        if found.isEmpty { print("skipped: no indicators_params*.json in \(folder); set TRADEBOT_SHARED") }
        return found.flatMap { name -> [Sample] in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                let samples = try? JSONDecoder().decode([Sample].self, from: data)
            else { preconditionFailure("\(name) can't be read") }
            return samples
        }
    }()

    /// Which feature a column of the reference is.
    static let columns: [(Feature, String)] = [
        (.emaFast, "ema"), (.emaSlow, "ema"), (.atr, "atr"), (.volatility, "realised_vol"),
        (.sma, "sma"), (.wma, "wma"), (.rsi, "rsi"), (.plusDI, "plus_di"), (.minusDI, "minus_di"),
        (.adx, "adx"), (.macd, "macd"), (.macdSignal, "macd_signal"), (.macdHistogram, "macd_hist"),
        (.bollingerUpper, "bb_upper"), (.bollingerMiddle, "bb_mid"), (.bollingerLower, "bb_lower"),
        (.stochasticK, "stoch_k"), (.stochasticD, "stoch_d"), (.cci, "cci"), (.mfi, "mfi"),
        (.obv, "obv"), (.roc, "roc"), (.vwapDay, "vwap_utc_day"), (.vwapRolling, "vwap_rolling"),
        (.logReturn, "log_return"), (.donchianUpper, "donchian_upper"),
        (.donchianLower, "donchian_lower"), (.keltnerUpper, "keltner_upper"),
        (.keltnerMiddle, "keltner_mid"), (.keltnerLower, "keltner_lower"),
        (.superTrend, "supertrend"), (.superTrendDirection, "supertrend_dir"), (.volume, "volume"),
    ]

    @Test(arguments: samples)
    func `agree with what the engine publishes`(sample: Sample) throws {
        let text = try String(contentsOfFile: "\(Self.folder)/indicators_\(sample.tag).csv", encoding: .utf8)
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let times = try rows.dropFirst().map { try #require(Int64($0[0])) }
        // Given
        let minutes = Int(times[1] - times[0]) / 60_000
        let plane = featurePlane(sample.settings(minutes: minutes))
        // When
        for (row, time) in zip(rows.dropFirst(), times) {
            plane.tell(try candle(row, at: time, minutes: minutes))
        }
        // Then
        let features = plane.published(FeatureSet.self)
        try #require(features.count == rows.count - 1)
        for (feature, name) in Self.columns {
            let column = try #require(rows[0].firstIndex(of: name))
            for (row, bar) in zip(rows.dropFirst(), features) {
                let found = bar.value(of: feature)
                let expected = Double(row[column])
                // A direction that is not known yet is 0 there, and nothing here.
                if feature == .superTrendDirection, expected == 0, found == nil { continue }
                guard let found, let expected else {
                    if found != nil || expected != nil {
                        Issue.record("\(name) at \(row[0]): \(found as Double?), expected '\(row[column])'")
                    }
                    continue
                }
                if (found - expected).magnitude > 1e-9 * max(1, expected.magnitude) {
                    Issue.record("\(name) at \(row[0]): \(found), expected \(expected)")
                }
            }
        }
    }

    private func candle(_ row: [String], at time: Int64, minutes: Int) throws -> KlineEvent {
        let prices = try row[1...4].map { try #require(Price($0)) }
        return KlineEvent(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            minutes: minutes,
            start: time,
            end: time + Int64(minutes) * 60_000 - 1,
            open: prices[0],
            high: prices[1],
            low: prices[2],
            close: prices[3],
            volume: try #require(Quantity(row[5])),
            turnover: 0,
            isConfirmed: true
        )
    }
}

extension `Feature oracles`.Sample {
    func settings(minutes: Int) -> FeatureSettings {
        var settings = FeatureSettings(
            source: .klines(minutes: minutes),
            emaFastBars: ema,
            emaSlowBars: ema,
            atrBars: atr,
            volatilityBars: rv
        )
        (settings.smaBars, settings.wmaBars, settings.rsiBars, settings.adxBars) = (sma, wma, rsi, adx)
        (settings.macdFastBars, settings.macdSlowBars, settings.macdSignalBars) = (macd[0], macd[1], macd[2])
        (settings.bollingerBars, settings.bollingerWidth) = (bb[0], bb.figures[1])
        settings.stochasticBars = stoch[0]
        (settings.stochasticSlowingBars, settings.stochasticSignalBars) = (stoch[1], stoch[2])
        (settings.cciBars, settings.mfiBars, settings.rocBars, settings.donchianBars) = (cci, mfi, roc, don)
        (settings.keltnerBars, settings.keltnerATRBars, settings.keltnerWidth) = (
            kel[0], kel[1], kel.figures[2]
        )
        (settings.superTrendBars, settings.superTrendWidth) = (st[0], st.figures[1])
        settings.vwapBars = rvwap
        return settings
    }
}
