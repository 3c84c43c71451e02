import Contracts

/// Compares each instrument's newest feature vectors with a baseline of its own.
///
/// A value: no clock, no bus. A moderate finding is told once; a severe one starts a new baseline with the newest vectors.
package struct DriftDetector: Sendable {
    private struct Stream: Sendable {
        let schemaVersion: Int
        let barSeconds: Int
        var features: [FeatureDrift]
        var count = 0
        /// At which count moderate drift was told.
        var reportedAt: Int?
    }

    package let settings: DriftSettings
    private var streams: [Instrument: Stream] = [:]

    package init(settings: DriftSettings = DriftSettings()) { self.settings = settings }

    /// Takes one vector in; gives what it shows, the population first.
    package mutating func take(_ vector: FeatureVectorRecorded) -> [DriftFinding] {
        guard vector.values.count == Feature.allCases.count else { return [] }
        var stream = streams[vector.instrument] ?? newStream(like: vector)
        if stream.schemaVersion != vector.schemaVersion || stream.barSeconds != vector.barSeconds {
            stream = newStream(like: vector)
        }
        stream.count += 1
        var jumped: [(Feature, Double)] = []
        for index in stream.features.indices {
            let feature = stream.features[index].feature
            if let statistic = stream.features[index].take(vector.values[feature.rawValue]) {
                jumped.append((feature, statistic))
            }
        }
        var findings: [DriftFinding] = []
        if let finding = comparePopulations(of: &stream, vector.instrument) { findings.append(finding) }
        if let highest = jumped.map(\.1).max() {
            findings.append(
                finding(
                    vector.instrument,
                    jumped.map(\.0),
                    .pageHinkley,
                    highest,
                    settings.pageHinkley.threshold,
                    .moderate
                )
            )
        }
        streams[vector.instrument] = stream
        return findings
    }

    private mutating func comparePopulations(
        of stream: inout Stream,
        _ instrument: Instrument
    ) -> DriftFinding? {
        let compared = stream.count - settings.baselineCount - settings.recentCount
        guard compared >= 0, compared % settings.stepCount == 0 else { return nil }
        // A shift that stays moderate is the new normal after a whole baseline of it.
        if let reportedAt = stream.reportedAt, stream.count - reportedAt > settings.baselineCount {
            rebase(&stream)
            return nil
        }
        let indices = stream.features.map { ($0.feature, $0.stabilityIndex) }
        let moved = indices.filter { $0.1 >= settings.moderateIndex }
        guard let highest = moved.map(\.1).max() else { return nil }
        let severity: MarketDriftDetected.Severity = highest >= settings.severeIndex ? .severe : .moderate
        guard severity == .severe || stream.reportedAt == nil else { return nil }
        if severity == .severe { rebase(&stream) } else { stream.reportedAt = stream.count }
        let threshold = severity == .severe ? settings.severeIndex : settings.moderateIndex
        return finding(instrument, moved.map(\.0), .populationStability, highest, threshold, severity)
    }

    private func rebase(_ stream: inout Stream) {
        for index in stream.features.indices { stream.features[index].rebase() }
        stream.count = min(stream.count, settings.recentCount)
        stream.reportedAt = nil
    }

    private func newStream(like vector: FeatureVectorRecorded) -> Stream {
        Stream(
            schemaVersion: vector.schemaVersion,
            barSeconds: vector.barSeconds,
            features: settings.features.map { FeatureDrift(feature: $0, settings: settings) }
        )
    }

    private func finding(
        _ instrument: Instrument,
        _ features: [Feature],
        _ statistic: MarketDriftDetected.Statistic,
        _ value: Double,
        _ threshold: Double,
        _ severity: MarketDriftDetected.Severity
    ) -> DriftFinding {
        DriftFinding(
            instrument: instrument,
            features: features,
            statistic: statistic,
            value: value,
            threshold: threshold,
            baselineCount: settings.baselineCount,
            recentCount: settings.recentCount,
            severity: severity
        )
    }
}
