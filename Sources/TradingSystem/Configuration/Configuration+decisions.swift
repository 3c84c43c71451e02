import Contracts
import ExecutionPlane
import ResearchPlane
import StrategyPlane

extension Configuration {
    mutating func readStrategy(_ reader: inout ConfigurationReader) {
        var cross = EMACrossSettings()
        let isEnabled = reader.flag("strategy.ema_cross.enabled", default: true)
        cross.notional = reader.money("strategy.ema_cross.notional", default: cross.notional)
        cross.allowShort = reader.flag("strategy.ema_cross.allow_short", default: cross.allowShort)
        let trends = reader.list("strategy.ema_cross.trends", default: [])
        cross.trends = trends.compactMap(MarketContext.Trend.init)
        if cross.trends.count != trends.count {
            reader.complain("strategy.ema_cross.trends", "one is none of up, down, range", code: "cfg.choice")
        }
        strategy.emaCross = isEnabled ? cross : nil
        strategy.slippageMax = reader.ratio("strategy.slippage_max", default: strategy.slippageMax)
        strategy.intentLifeMilliseconds = Int64(
            reader.whole(
                "strategy.intent_life_ms",
                in: 100...86_400_000,
                default: Int(strategy.intentLifeMilliseconds)
            )
        )
    }

    mutating func readResearch(_ reader: inout ConfigurationReader) {
        research.drift.baselineCount = reader.whole(
            "research.drift_baseline_vectors",
            in: 20...1_000_000,
            default: research.drift.baselineCount
        )
        research.drift.recentCount = reader.whole(
            "research.drift_recent_vectors",
            in: 10...1_000_000,
            default: research.drift.recentCount
        )
        research.outcomes.horizonBars = reader.whole(
            "research.outcome_horizon_bars",
            in: 1...10_000,
            default: research.outcomes.horizonBars
        )
        switch reader.text("research.rollback_severity", default: "severe") {
        case "severe": research.rollbackSeverity = .severe
        case "moderate": research.rollbackSeverity = .moderate
        case "never": research.rollbackSeverity = nil
        case let other:
            reader.complain(
                "research.rollback_severity",
                "\"\(other)\" is none of severe, moderate, never",
                code: "cfg.choice"
            )
        }
        research.takerFee = paper.takerFee
    }
}
