import AnalyticsPlane
import Contracts
import EventKernel
import Foundation
import TestKit
import Testing

/// The indicators against TA-Lib's figures on real candles.
@Suite struct `Indicators` {
    struct Sample: CustomTestStringConvertible, Sendable {
        let file: String
        let minutes: Int
        let ema: Int
        let atr: Int
        let volatility: Int
        var testDescription: String { file }
    }

    static let samples = [
        Sample(file: "indicators_btc5m.csv", minutes: 5, ema: 21, atr: 14, volatility: 24),
        Sample(file: "indicators_eth1m.csv", minutes: 1, ema: 9, atr: 10, volatility: 60),
    ]

    @Test(arguments: samples)
    func `agree with the reference on real candles`(sample: Sample) throws {
        let shared = ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
        guard let text = try? String(contentsOfFile: "\(shared)/oracles/\(sample.file)", encoding: .utf8)
        else {
            print("skipped: no \(sample.file) under \(shared)/oracles; set TRADEBOT_SHARED")
            return
        }
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let columns = try #require(rows.first).map(String.init)
        // Given
        let plane = PlaneHarness { kernel in
            _ = FeatureEngine(
                settings: FeatureSettings(
                    source: .klines(minutes: sample.minutes),
                    emaFastBars: sample.ema,
                    emaSlowBars: sample.ema,
                    atrBars: sample.atr,
                    volatilityBars: sample.volatility
                ),
                kernel: kernel
            )
        }
        // When
        for (index, row) in rows.dropFirst().enumerated() {
            let prices = try row[1...4].map { try #require(Price(String($0))) }
            plane.tell(
                KlineEvent.fixture(
                    minutes: sample.minutes,
                    bar: Int64(index),
                    open: prices[0],
                    high: prices[1],
                    low: prices[2],
                    close: prices[3]
                )
            )
        }
        // Then
        let features = plane.published(FeatureSet.self)
        try #require(features.count == rows.count - 1)
        var compared = 0
        for (feature, name) in [(.emaFast, "ema"), (.atr, "atr"), (.volatility, "realised_vol")]
            as [(Feature, String)]
        {
            let column = try #require(columns.firstIndex(of: name))
            for (row, bar) in zip(rows.dropFirst(), features) {
                guard let expected = Double(String(row[column])) else { continue }
                #expect(abs(bar[feature] - expected) <= 1e-9 * max(1, abs(expected)))
                if name == "realised_vol" { #expect(abs(bar[feature] / expected - 1) <= 1e-9) }
                compared += 1
            }
        }
        #expect(compared > 4_000)
    }
}
