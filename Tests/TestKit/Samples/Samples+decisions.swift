package import Contracts

extension Samples {
    package static let features = FeatureSet(
        meta: meta(.analytics),
        instrument: instrument,
        barSeconds: 60,
        barEnd: time,
        open: price(2),
        high: price(3),
        low: price(1),
        close: price(2),
        isWarm: false,
        known: FeatureMask(bits: 0xFF),
        figures: [1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 1e16, 123456.789, -1]
    )
    private static let intent = StrategyIntent(
        meta: meta(.strategy, .intent(41)),
        instrument: instrument,
        strategy: StrategyID("ema-cross"),
        version: 1,
        target: money(-12_345),
        referencePrice: price(99),
        limitPrice: price(98),
        slippageMax: ratio(500),
        expires: time + 30_000,
        stop: price(110),
        takeProfit: price(80),
        style: .twap(slices: 4, intervalMilliseconds: 15_000),
        reason: "cross"
    )

    static var analyticsFeatures: [AnyEvent] {
        [features.erased]
    }

    static var analyticsContext: [AnyEvent] {
        [
            MarketContext(
                meta: meta(.analytics),
                instrument: instrument,
                trend: .range,
                volatility: .high,
                liquidity: .normal,
                confidence: 2.0 / 3,
                since: time,
                session: .europe,
                isFundingWindow: true
            ).erased
        ]
    }

    static var analyticsMarketDriftDetected: [AnyEvent] {
        [
            MarketDriftDetected(
                meta: meta(.research),
                instrument: instrument,
                features: ["atr", "spread"],
                statistic: .populationStability,
                value: 0.31,
                threshold: 0.25,
                baselineCount: 500,
                recentCount: 100,
                severity: .severe
            ).erased
        ]
    }

    static var strategyIntent: [AnyEvent] {
        [intent.erased]
    }

    static var strategyState: [AnyEvent] {
        StrategyState.Phase.allCases.map { phase in
            StrategyState(
                meta: meta(.strategy),
                instrument: instrument,
                strategy: StrategyID("ema-cross"),
                version: 2,
                phase: phase,
                isEnabled: phase != .exiting,
                why: "cross"
            ).erased
        }
    }

    static var strategyOverrun: [AnyEvent] {
        [
            StrategyOverrun(
                meta: meta(.system),
                instrument: instrument,
                strategy: StrategyID("ema-cross"),
                elapsedMicroseconds: 6_000,
                budgetMicroseconds: 5_000
            ).erased
        ]
    }

    static var strategyScenarioEnabled: [AnyEvent] {
        [
            ScenarioEnabled(
                meta: meta(.research),
                scenario: StrategyID("s1"),
                version: 1,
                stage: .canary,
                instrument: instrument,
                rule: rule,
                allocation: money(1000, 0),
                why: "approved"
            ).erased
        ]
    }

    static var strategyScenarioDisabled: [AnyEvent] {
        [ScenarioDisabled(meta: meta(.research), scenario: StrategyID("s1"), why: "rolled back").erased]
    }

    static var riskApprovedIntent: [AnyEvent] {
        [
            ApprovedIntent(
                answering: intent,
                targetQuantity: quantity(-4),
                isShrunk: true,
                verdicts: [
                    CheckVerdict(check: .cooldown, value: .milliseconds(0), limit: .milliseconds(1)),
                    CheckVerdict(check: .orderNotional, value: .money(5), limit: .money(4), isShrunk: true),
                ]
            ).erased
        ]
    }

    static var riskRejectedIntent: [AnyEvent] {
        [
            RejectedIntent(
                answering: intent,
                failed: CheckVerdict(check: .paused, value: "yes", limit: "no"),
                reason: "paused"
            ).erased
        ]
    }

    static var riskState: [AnyEvent] {
        [
            RiskState(
                meta: meta(.risk),
                halts: [
                    RiskHalt(kind: .equityMin, why: "equity below its least", since: time),
                    RiskHalt(kind: .dailyLoss, why: "the day's loss", since: time, until: time + 1),
                ],
                grossNotional: money(1),
                grossNotionalMax: money(2),
                netNotional: money(-1),
                equity: money(10),
                equityPeak: money(20),
                drawdown: ratio(5),
                dayLoss: money(3),
                dayLossMax: money(4),
                lossStreak: 2,
                rejections: [RejectionCount(check: .feed, count: 3)]
            ).erased
        ]
    }
}
