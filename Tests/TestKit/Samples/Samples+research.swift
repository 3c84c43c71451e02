internal import Contracts

extension Samples {
    static var researchFeatureVectorRecorded: [AnyEvent] {
        [FeatureVectorRecorded(recording: features).erased]
    }

    static var researchOutcomeRecorded: [AnyEvent] {
        [
            OutcomeRecorded(
                meta: meta(.research),
                instrument: instrument,
                barSeconds: 60,
                barEnd: time,
                label: -1,
                barrier: .lower,
                horizonBars: 24,
                forwardReturn: -0.003,
                maximumFavourable: 0,
                maximumAdverse: 0.004
            ).erased
        ]
    }

    static var researchNewClusterFound: [AnyEvent] {
        [
            NewClusterFound(
                meta: meta(.research, .research(9)),
                clusterID: "c1",
                schemaVersion: 1,
                centroid: [0.5, -0.5],
                size: 40,
                meanForwardReturn: 0.001,
                hitRate: 0.6,
                stability: 0.9
            ).erased
        ]
    }

    static var researchCandidateScenarioBuilt: [AnyEvent] {
        [
            CandidateScenarioBuilt(
                meta: meta(.research),
                scenario: StrategyID("s2"),
                version: 1,
                instrument: instrument,
                rule: rule,
                trainingStart: 0,
                trainingEnd: time
            ).erased
        ]
    }

    static var researchBacktestRequested: [AnyEvent] {
        [
            BacktestRequested(
                meta: meta(.research),
                scenario: StrategyID("s2"),
                version: 1,
                rule: rule,
                instrument: instrument,
                start: 0,
                end: time,
                takerFee: ratio(550),
                seed: .max
            ).erased
        ]
    }

    static var researchBacktestCompleted: [AnyEvent] {
        [
            BacktestCompleted(
                meta: meta(.research),
                scenario: StrategyID("s2"),
                version: 1,
                inSample: [NamedFigure(name: "sharpe", value: 1.25)],
                outOfSample: [],
                equityCurve: "curves/s2"
            ).erased
        ]
    }

    static var researchScenarioApproved: [AnyEvent] {
        [
            ScenarioApproved(
                meta: meta(.research),
                scenario: StrategyID("s2"),
                version: 1,
                gates: [NamedFigure(name: "sharpe", value: 1)]
            ).erased
        ]
    }

    static var researchScenarioRejected: [AnyEvent] {
        [
            ScenarioRejected(
                meta: meta(.research),
                scenario: StrategyID("s2"),
                version: 1,
                gates: [],
                why: "no trades"
            ).erased
        ]
    }
}
