import AnalyticsPlane
import Contracts
import Indicators

extension Configuration {
    mutating func readFeatures(_ reader: inout ConfigurationReader) {
        let minutes = reader.whole("features.kline_minutes", in: 1...1_440, default: 1)
        switch reader.text("features.bars", default: "trades") {
        case "trades": features.source = .trades
        case "klines": features.source = .klines(minutes: minutes)
        case let other:
            reader.complain("features.bars", "\"\(other)\" is none of trades, klines", code: "cfg.choice")
        }
        features.barSeconds = reader.whole(
            "features.bar_seconds",
            in: 1...86_400,
            default: features.barSeconds
        )
        features.timeframes = reader.wholes("features.timeframes", in: 1...86_400, default: [])
        features.overdueMilliseconds = Int64(
            reader.whole("features.overdue_ms", in: 1...60_000, default: Int(features.overdueMilliseconds))
        )
        readLengths(&reader)
        readChosenFeatures(&reader)
        if let fault = features.fault { reader.complain("features", fault, code: "cfg.range") }
        readContext(&reader)
    }

    private mutating func readLengths(_ reader: inout ConfigurationReader) {
        let lengths: [(String, WritableKeyPath<FeatureSettings, Int>)] = [
            ("ema_fast_bars", \.emaFastBars), ("ema_slow_bars", \.emaSlowBars), ("sma_bars", \.smaBars),
            ("wma_bars", \.wmaBars), ("macd_fast_bars", \.macdFastBars), ("macd_slow_bars", \.macdSlowBars),
            ("macd_signal_bars", \.macdSignalBars), ("rsi_bars", \.rsiBars),
            ("stochastic_bars", \.stochasticBars), ("stochastic_slowing_bars", \.stochasticSlowingBars),
            ("stochastic_signal_bars", \.stochasticSignalBars), ("cci_bars", \.cciBars),
            ("mfi_bars", \.mfiBars), ("roc_bars", \.rocBars), ("atr_bars", \.atrBars),
            ("adx_bars", \.adxBars), ("super_trend_bars", \.superTrendBars),
            ("bollinger_bars", \.bollingerBars), ("donchian_bars", \.donchianBars),
            ("keltner_bars", \.keltnerBars), ("keltner_atr_bars", \.keltnerATRBars),
            ("volatility_bars", \.volatilityBars), ("vwap_bars", \.vwapBars),
            ("imbalance_levels", \.imbalanceLevels), ("slope_levels", \.slopeLevels),
        ]
        for (key, path) in lengths {
            features[keyPath: path] = reader.whole(
                "features.\(key)",
                in: 1...10_000,
                default: features[keyPath: path]
            )
        }
        if features.emaFastBars >= features.emaSlowBars {
            reader.complain("features.ema_fast_bars", "the fast average must be shorter than the slow one")
        }
        let widths: [(String, WritableKeyPath<FeatureSettings, Double>)] = [
            ("bollinger_width", \.bollingerWidth), ("keltner_width", \.keltnerWidth),
            ("super_trend_width", \.superTrendWidth),
        ]
        for (key, path) in widths {
            features[keyPath: path] = reader.fraction(
                "features.\(key)",
                in: 0.01...100,
                default: features[keyPath: path]
            )
        }
        switch reader.text("features.ema_seed", default: "mean") {
        case "mean": features.emaSeed = .mean
        case "first_close": features.emaSeed = .firstClose
        case let other:
            let text = "\"\(other)\" is none of mean, first_close"
            reader.complain("features.ema_seed", text, code: "cfg.choice")
        }
    }

    /// None named: all are computed.
    private mutating func readChosenFeatures(_ reader: inout ConfigurationReader) {
        let names = reader.list("features.computed", default: [])
        guard !names.isEmpty else { return }
        var chosen = FeatureMask()
        for name in names {
            if let feature = Feature(name: name) {
                chosen.insert(feature)
            } else {
                reader.complain("features.computed", "there is no feature \"\(name)\"", code: "cfg.choice")
            }
        }
        features.features = chosen
    }

    private mutating func readContext(_ reader: inout ConfigurationReader) {
        let figures: [(String, WritableKeyPath<ContextSettings, Double>)] = [
            ("trend_begins", \.trendBegins), ("trend_ends", \.trendEnds), ("adx_begins", \.adxBegins),
            ("adx_ends", \.adxEnds), ("volatility_high", \.volatilityHigh),
            ("volatility_low", \.volatilityLow),
            ("spread_tight", \.spreadTight), ("spread_wide", \.spreadWide), ("hysteresis", \.hysteresis),
        ]
        for (key, path) in figures {
            context[keyPath: path] = reader.fraction(
                "context.\(key)",
                in: 0...100,
                default: context[keyPath: path]
            )
        }
        if context.trendEnds > context.trendBegins {
            reader.complain("context.trend_ends", "a trend must end below the strength at which it begins")
        }
        if context.adxEnds > context.adxBegins {
            reader.complain("context.adx_ends", "a trend must end below the index at which it begins")
        }
        context.volatilityMeanBars = reader.whole(
            "context.volatility_mean_bars",
            in: 1...100_000,
            default: context.volatilityMeanBars
        )
        context.dwellBars = reader.whole("context.dwell_bars", in: 0...10_000, default: context.dwellBars)
        context.fundingWindowMinutes = reader.whole(
            "context.funding_window_minutes",
            in: 0...480,
            default: context.fundingWindowMinutes
        )
        context.timeframeSeconds = timeframe("context", isUsed: true, &reader)
    }

    /// Which of the timeframes that are made something is decided on; nil for the first there is.
    func timeframe(_ section: String, isUsed: Bool, _ reader: inout ConfigurationReader) -> Int? {
        let key = "\(section).timeframe_seconds"
        let seconds = reader.whole(key, in: 0...86_400, default: 0)
        guard seconds != 0 else { return nil }
        if isUsed, seconds != features.barLengthSeconds, !features.timeframes.contains(seconds) {
            reader.complain(key, "no bars of \(seconds) s are made; add \(seconds) to features.timeframes")
        }
        return seconds
    }
}
