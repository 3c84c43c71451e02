import Contracts
import ExecutionPlane
import ResearchPlane

extension Configuration {
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
