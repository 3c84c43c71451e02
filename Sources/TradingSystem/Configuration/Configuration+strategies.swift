import AnalyticsPlane
import Contracts
import StrategyPlane

extension Configuration {
    mutating func readStrategies(_ reader: inout ConfigurationReader) {
        strategy.slippageMax = reader.ratio("strategy.slippage_max", in: 0...1, default: strategy.slippageMax)
        strategy.intentLifeMilliseconds = Int64(
            reader.whole(
                "strategy.intent_life_ms",
                in: 100...86_400_000,
                default: Int(strategy.intentLifeMilliseconds)
            )
        )
        strategy.driftBars = reader.whole("strategy.drift_bars", in: 0...100_000, default: strategy.driftBars)
        strategy.overrunsMax = reader.whole(
            "strategy.overruns_max",
            in: 1...1_000,
            default: strategy.overrunsMax
        )
        decisionBudgetMicroseconds = Int64(
            reader.whole("strategy.budget_us", in: 100...1_000_000, default: Int(decisionBudgetMicroseconds))
        )
        readEMACross(&reader)
        readDonchian(&reader)
        readBollinger(&reader)
        readFundingCarry(&reader)
    }

    private mutating func readEMACross(_ reader: inout ConfigurationReader) {
        let key = "strategy.ema_cross"
        var cross = EMACrossSettings()
        let isEnabled = reader.flag("\(key).enabled", default: true)
        read(&cross.options, key, isEnabled: isEnabled, &reader)
        cross.mode = reader.choice("\(key).mode", default: cross.mode)
        cross.allowShort = reader.flag("\(key).allow_short", default: cross.allowShort)
        cross.trends = trends(key, [], &reader)
        cross.volatilities = volatilities(key, &reader)
        strategy.emaCross = isEnabled ? cross : nil
        if isEnabled {
            need([.emaFast, .emaSlow] + ofRegime(cross.trends, cross.volatilities), key, &reader)
        }
    }

    private mutating func readDonchian(_ reader: inout ConfigurationReader) {
        let key = "strategy.donchian"
        var donchian = DonchianSettings()
        let isEnabled = reader.flag("\(key).enabled", default: false)
        read(&donchian.options, key, isEnabled: isEnabled, &reader)
        donchian.allowShort = reader.flag("\(key).allow_short", default: donchian.allowShort)
        donchian.exit = reader.choice("\(key).exit", default: donchian.exit)
        donchian.stopATR = reader.ratio("\(key).stop_atr", in: 0...100, default: donchian.stopATR)
        strategy.donchian = isEnabled ? donchian : nil
        let stop: [Feature] = donchian.stopATR.isZero ? [] : [.atr]
        if isEnabled { need([.donchianUpper, .donchianLower] + stop, key, &reader) }
    }

    private mutating func readBollinger(_ reader: inout ConfigurationReader) {
        let key = "strategy.bollinger"
        var bollinger = BollingerSettings()
        let isEnabled = reader.flag("\(key).enabled", default: false)
        read(&bollinger.options, key, isEnabled: isEnabled, &reader)
        bollinger.allowShort = reader.flag("\(key).allow_short", default: bollinger.allowShort)
        bollinger.stopATR = reader.ratio("\(key).stop_atr", in: 0...100, default: bollinger.stopATR)
        bollinger.trends = trends(key, bollinger.trends, &reader)
        bollinger.volatilities = volatilities(key, &reader)
        strategy.bollinger = isEnabled ? bollinger : nil
        let stop: [Feature] = bollinger.stopATR.isZero ? [] : [.atr]
        if isEnabled {
            let band: [Feature] = [.bollingerUpper, .bollingerMiddle, .bollingerLower]
            need(band + stop + ofRegime(bollinger.trends, bollinger.volatilities), key, &reader)
        }
    }

    private mutating func readFundingCarry(_ reader: inout ConfigurationReader) {
        let key = "strategy.funding_carry"
        var carry = FundingCarrySettings()
        let isEnabled = reader.flag("\(key).enabled", default: false)
        read(&carry.options, key, isEnabled: isEnabled, &reader)
        carry.allowShort = reader.flag("\(key).allow_short", default: carry.allowShort)
        carry.entryRate = reader.ratio("\(key).entry_rate", in: 0...1, default: carry.entryRate)
        carry.exitRate = reader.ratio("\(key).exit_rate", in: 0...1, default: carry.exitRate)
        if carry.exitRate > carry.entryRate {
            reader.complain("\(key).exit_rate", "it leaves below the rate at which it enters")
        }
        carry.settlementMinutesMin = reader.whole(
            "\(key).settlement_minutes_min",
            in: 0...1_440,
            default: carry.settlementMinutesMin
        )
        carry.settlementMinutesMax = reader.whole(
            "\(key).settlement_minutes_max",
            in: 0...1_440,
            default: carry.settlementMinutesMax
        )
        strategy.fundingCarry = isEnabled ? carry : nil
    }

    /// What a regime is made of, where one is asked for.
    private func ofRegime(
        _ trends: some Collection,
        _ volatilities: some Collection
    ) -> [Feature] {
        trends.isEmpty && volatilities.isEmpty ? [] : [.emaFast, .emaSlow, .atr]
    }

    /// Without what it decides on, a strategy would never decide.
    private func need(_ needed: [Feature], _ key: String, _ reader: inout ConfigurationReader) {
        var missing: [String] = []
        for feature in needed where !features.features.contains(feature) && !missing.contains(feature.name) {
            missing.append(feature.name)
        }
        guard !missing.isEmpty else { return }
        reader.complain(
            "features.computed",
            "\(key) decides on \(missing.joined(separator: ", ")): add it, or leave all of them away"
        )
    }

    // MARK: What every strategy has

    private func read(
        _ options: inout StrategyOptions,
        _ key: String,
        isEnabled: Bool,
        _ reader: inout ConfigurationReader
    ) {
        let symbols = reader.list("\(key).symbols", default: [])
        options.instruments = symbols.compactMap {
            Instrument($0.contains(":") ? $0 : "\(category.rawValue):\($0)")
        }
        if options.instruments.count != symbols.count {
            reader.complain("\(key).symbols", "one is no symbol", code: "cfg.type")
        }
        readSizing(&options, key, &reader)
        let most = reader.money("\(key).allocation_max", default: .zero)
        options.allocationMax = most.isZero ? nil : most
        options.timeframeSeconds = timeframe(key, isUsed: isEnabled, &reader)
        options.timing = reader.choice("\(key).timing", default: options.timing)
        options.reversal = reader.choice("\(key).reversal", default: options.reversal)
        options.expectedSlippage = reader.ratio(
            "\(key).expected_slippage",
            in: 0...Ratio(units: 1, scale: 1),
            default: options.expectedSlippage
        )
        let slippage = reader.ratio("\(key).slippage_max", in: 0...1, default: 0)
        options.slippageMax = slippage.isZero ? nil : slippage
        options.cooldownBars = reader.whole("\(key).cooldown_bars", in: 0...100_000, default: 0)
        options.style = style(key, &reader)
    }

    /// One of three ways; the first that is named counts, two are an error.
    private func readSizing(
        _ options: inout StrategyOptions,
        _ key: String,
        _ reader: inout ConfigurationReader
    ) {
        let isNotional = reader.has("\(key).notional")
        let notional = reader.money("\(key).notional", default: 500)
        let quantity = reader.quantity("\(key).quantity", default: .zero)
        let fraction = reader.ratio("\(key).equity_fraction", in: 0...100, default: 0)
        let named = [isNotional, !quantity.isZero, !fraction.isZero].count { $0 }
        if named > 1 {
            reader.complain(key, "name one of notional, quantity and equity_fraction")
        }
        options.sizing =
            !fraction.isZero
            ? .equityFraction(fraction) : !quantity.isZero ? .quantity(quantity) : .notional(notional)
    }

    private func style(_ key: String, _ reader: inout ConfigurationReader) -> ExecutionStyle {
        let wait = Int64(reader.whole("\(key).passive_ms", in: 100...3_600_000, default: 5_000))
        let slices = reader.whole("\(key).twap_slices", in: 2...1_000, default: 5)
        let interval = Int64(reader.whole("\(key).twap_interval_ms", in: 100...3_600_000, default: 10_000))
        switch reader.text("\(key).style", default: "marketable") {
        case "marketable": return .marketable
        case "passive": return .passive(waitMilliseconds: wait)
        case "twap": return .twap(slices: slices, intervalMilliseconds: interval)
        case let other:
            let text = "\"\(other)\" is none of marketable, passive, twap"
            reader.complain("\(key).style", text, code: "cfg.choice")
            return .marketable
        }
    }

    private func trends(
        _ key: String,
        _ fallback: [MarketContext.Trend],
        _ reader: inout ConfigurationReader
    ) -> [MarketContext.Trend] {
        let words = reader.list("\(key).trends", default: fallback.map(\.rawValue))
        let trends = words.compactMap(MarketContext.Trend.init)
        if trends.count != words.count {
            reader.complain("\(key).trends", "one is none of up, down, range", code: "cfg.choice")
        }
        return trends
    }

    private func volatilities(_ key: String, _ reader: inout ConfigurationReader) -> [MarketContext.Level] {
        let words = reader.list("\(key).volatilities", default: [])
        let levels = words.compactMap(MarketContext.Level.init)
        if levels.count != words.count {
            reader.complain("\(key).volatilities", "one is none of low, normal, high", code: "cfg.choice")
        }
        return levels
    }
}
