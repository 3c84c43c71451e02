/// One feature vector for the feature store.
///
/// - Topic: `research:featureVectorRecorded`; published by Research, once a warm bar.
package struct FeatureVectorRecorded: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instrument: Instrument
    package let schemaVersion: Int
    package let barSeconds: Int
    package let barEnd: UnixMilliseconds
    package let close: Price
    package let high: Price
    package let low: Price
    package let values: [Double]

    /// Records `features`.
    package init(recording features: FeatureSet) {
        self.meta = features.meta.answered(by: .research)
        self.instrument = features.instrument
        self.schemaVersion = features.schemaVersion
        self.barSeconds = features.barSeconds
        self.barEnd = features.barEnd
        self.close = features.close
        self.high = features.high
        self.low = features.low
        self.values = Feature.allCases.map { features[$0] }
    }
}

/// What happened after one feature vector.
///
/// - Topic: `research:outcomeRecorded`; published by the OutcomeEngine when the last barrier has been decided.
/// - Units: returns and excursions are fractions of the vector's close, for a long position.
package struct OutcomeRecorded: Hashable, Codable, Sendable {
    package enum Barrier: String, Hashable, Codable, Sendable { case upper, lower, time }

    package var meta: EventMeta
    package let instrument: Instrument
    package let barSeconds: Int
    /// Names the vector.
    package let barEnd: UnixMilliseconds
    /// 1 upper barrier, -1 lower, 0 time.
    package let label: Int
    package let barrier: Barrier
    package let horizonBars: Int
    package let forwardReturn: Double
    package let maximumFavourable: Double
    package let maximumAdverse: Double

    package init(
        meta: EventMeta,
        instrument: Instrument,
        barSeconds: Int,
        barEnd: UnixMilliseconds,
        label: Int,
        barrier: Barrier,
        horizonBars: Int,
        forwardReturn: Double,
        maximumFavourable: Double,
        maximumAdverse: Double
    ) {
        self.meta = meta
        self.instrument = instrument
        self.barSeconds = barSeconds
        self.barEnd = barEnd
        self.label = label
        self.barrier = barrier
        self.horizonBars = horizonBars
        self.forwardReturn = forwardReturn
        self.maximumFavourable = maximumFavourable
        self.maximumAdverse = maximumAdverse
    }
}

/// A cluster of like situations.
///
/// - Topic: `research:newClusterFound`; published by the ResearchRunner.
package struct NewClusterFound: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let clusterID: String
    package let schemaVersion: Int
    package let centroid: [Double]
    package let size: Int
    package let meanForwardReturn: Double
    package let hitRate: Double
    /// 0 to 1.
    package let stability: Double

    package init(
        meta: EventMeta,
        clusterID: String,
        schemaVersion: Int,
        centroid: [Double],
        size: Int,
        meanForwardReturn: Double,
        hitRate: Double,
        stability: Double
    ) {
        self.meta = meta
        self.clusterID = clusterID
        self.schemaVersion = schemaVersion
        self.centroid = centroid
        self.size = size
        self.meanForwardReturn = meanForwardReturn
        self.hitRate = hitRate
        self.stability = stability
    }
}

/// A scenario that might be worth trading.
///
/// - Topic: `research:candidateScenarioBuilt`; published by the ResearchRunner.
package struct CandidateScenarioBuilt: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let version: Int
    package let instrument: Instrument
    package let rule: ScenarioRule
    package let trainingStart: UnixMilliseconds
    package let trainingEnd: UnixMilliseconds

    package init(
        meta: EventMeta,
        scenario: StrategyID,
        version: Int,
        instrument: Instrument,
        rule: ScenarioRule,
        trainingStart: UnixMilliseconds,
        trainingEnd: UnixMilliseconds
    ) {
        self.meta = meta
        self.scenario = scenario
        self.version = version
        self.instrument = instrument
        self.rule = rule
        self.trainingStart = trainingStart
        self.trainingEnd = trainingEnd
    }
}

/// A candidate is to be tested on history.
///
/// - Topic: `research:backtestRequested`; published by the ResearchOrchestrator.
package struct BacktestRequested: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let version: Int
    package let rule: ScenarioRule
    package let instrument: Instrument
    package let start: UnixMilliseconds
    package let end: UnixMilliseconds
    package let takerFee: Ratio
    package let seed: UInt64

    package init(
        meta: EventMeta,
        scenario: StrategyID,
        version: Int,
        rule: ScenarioRule,
        instrument: Instrument,
        start: UnixMilliseconds,
        end: UnixMilliseconds,
        takerFee: Ratio,
        seed: UInt64
    ) {
        self.meta = meta
        self.scenario = scenario
        self.version = version
        self.rule = rule
        self.instrument = instrument
        self.start = start
        self.end = end
        self.takerFee = takerFee
        self.seed = seed
    }
}

/// A figure of a backtest or of a gate.
package struct NamedFigure: Hashable, Codable, Sendable {
    package let name: String
    package let value: Double

    package init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}

/// A backtest has ended.
///
/// - Topic: `research:backtestCompleted`; published by the backtest host.
package struct BacktestCompleted: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let version: Int
    package let inSample: [NamedFigure]
    package let outOfSample: [NamedFigure]
    /// Names the stored equity curve.
    package let equityCurve: String

    package init(
        meta: EventMeta,
        scenario: StrategyID,
        version: Int,
        inSample: [NamedFigure],
        outOfSample: [NamedFigure],
        equityCurve: String
    ) {
        self.meta = meta
        self.scenario = scenario
        self.version = version
        self.inSample = inSample
        self.outOfSample = outOfSample
        self.equityCurve = equityCurve
    }
}

/// A candidate has passed every gate.
///
/// - Topic: `research:scenarioApproved`; published by the ResearchOrchestrator.
package struct ScenarioApproved: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let version: Int
    package let gates: [NamedFigure]

    package init(meta: EventMeta, scenario: StrategyID, version: Int, gates: [NamedFigure]) {
        self.meta = meta
        self.scenario = scenario
        self.version = version
        self.gates = gates
    }
}

/// A candidate has failed a gate.
///
/// - Topic: `research:scenarioRejected`; published by the ResearchOrchestrator.
package struct ScenarioRejected: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let version: Int
    package let gates: [NamedFigure]
    package let why: String

    package init(meta: EventMeta, scenario: StrategyID, version: Int, gates: [NamedFigure], why: String) {
        self.meta = meta
        self.scenario = scenario
        self.version = version
        self.gates = gates
        self.why = why
    }
}
