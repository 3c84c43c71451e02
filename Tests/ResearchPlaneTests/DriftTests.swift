import Contracts
import EventKernel
import FoundationEssentials
import ResearchPlane
import Testing

@Suite struct `Drift detector` {
    private var settings: DriftSettings {
        var settings = DriftSettings()
        settings.baselineCount = 600
        settings.recentCount = 200
        settings.stepCount = 10
        settings.features = [.spread, .barReturn]
        return settings
    }

    /// Everything found in `count` vectors whose bar return moves by `shift` deviations after 1000.
    private func findings(
        shift: Double,
        spread: Double = 1,
        count: Int = 2000,
        severeIndex: Double = 0.5
    ) -> [DriftFinding] {
        var settings = settings
        settings.severeIndex = severeIndex
        var detector = DriftDetector(settings: settings)
        var random = SeededGenerator(seed: 7)
        return (0..<count).flatMap { bar in
            let isLate = bar >= 1000
            let noise = random.normal()
            let value = isLate ? noise * spread + shift : noise
            return detector.take(
                .fixture(bar: bar, spread: 0.0001 + random.fraction() * 1e-5, barReturn: value)
            )
        }
    }

    @Test func `is silent on a stationary stream`() { #expect(findings(shift: 0).isEmpty) }

    @Test func `finds a shift, names the feature and calls it severe`() throws {
        let found = findings(shift: 2)
        let population = try #require(
            found.first { $0.statistic == .populationStability && $0.severity == .severe }
        )
        #expect(population.features == [.barReturn])
        #expect(population.value >= 0.5)
        #expect(population.instrument == Fixture.instrument)
        #expect(found.contains { $0.statistic == .pageHinkley && $0.features == [.barReturn] })
    }

    @Test func `finds a change of spread that leaves the mean alone`() {
        #expect(findings(shift: 0, spread: 4).contains { $0.statistic == .populationStability })
    }

    @Test func `tells moderate drift once`() {
        let found = findings(shift: 0.6, count: 1500, severeIndex: 9).filter {
            $0.statistic == .populationStability
        }
        #expect(found.map(\.severity) == [.moderate])
    }

    @Test func `takes the new behaviour for its baseline after a severe finding`() {
        let severe = findings(shift: 3, count: 6000).filter { $0.severity == .severe }
        #expect(severe.count <= 3 && !severe.isEmpty)
    }

    @Test func `keeps instruments apart`() {
        var detector = DriftDetector(settings: settings)
        var random = SeededGenerator(seed: 3)
        for bar in 0..<1000 {
            let quiet = detector.take(.fixture(bar: bar, barReturn: random.normal()))
            let wild = detector.take(
                .fixture(bar: bar, instrument: Fixture.other, barReturn: random.normal() * 50 + 500)
            )
            #expect(quiet.isEmpty && wild.isEmpty)
        }
    }
}

@Suite struct `Population stability` {
    private struct Case: Decodable {
        let `case`: String
        let bins: Int
        let psi: Double
        let edges: [Double]
        let referenceShares: [Double]
        let currentShares: [Double]

        enum CodingKeys: String, CodingKey {
            case `case`, bins, psi
            case edges = "psi_edges"
            case referenceShares = "psi_ref"
            case currentShares = "psi_cur"
        }
    }

    @Test func `is zero between alike samples and large between different ones`() {
        let sample = (0..<100).map(Double.init)
        let stability = PopulationStability(reference: sample, binCount: 10)
        #expect(abs(stability.index(of: sample)) < 1e-12)
        #expect(stability.index(of: sample.map { $0 + 1000 }) > 5)
    }

    @Test func `counts a lower edge in and clips to the outer ones`() {
        let stability = PopulationStability(reference: [0, 1, 2, 3, 4], binCount: 2)
        #expect(stability.edges == [0, 2, 4])
        #expect(stability.shares(of: [-9, 2, 4, 9]) == [0.25, 0.75])
    }

    @Test func `agrees with the oracle`() throws {
        guard let expected = Fixture.oracle("drift_expected.json"),
            let samples = Fixture.oracle("drift_samples.csv")
        else { return }
        let columns = Fixture.columns(samples)
        let cases = try JSONDecoder().decode([Case].self, from: Data(expected.utf8))
        for expected in cases {
            let reference = try #require(columns[expected.case + "_ref"])
            let current = try #require(columns[expected.case + "_cur"])
            let stability = PopulationStability(reference: reference, binCount: expected.bins)
            #expect(zip(stability.edges, expected.edges).allSatisfy { isClose($0, $1) })
            #expect(zip(stability.referenceShares, expected.referenceShares).allSatisfy { isClose($0, $1) })
            #expect(zip(stability.shares(of: current), expected.currentShares).allSatisfy { isClose($0, $1) })
            #expect(isClose(stability.index(of: current), expected.psi), "\(expected.case)")
        }
    }
}

@Suite struct `Page-Hinkley test` {
    private struct Case: Decodable {
        struct Test: Decodable {
            let params: [String: Parameter]
            let detections: [Int]
        }
        enum Parameter: Decodable {
            case number(Double)
            case text(String)
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
        let series: String
        let test: Test

        enum CodingKeys: String, CodingKey {
            case series
            case test = "page_hinkley"
        }
    }

    @Test func `reports a jump in either direction, and not before its least count`() {
        for direction in [1.0, -1.0] {
            var test = PageHinkley()
            let detections = (0..<200).filter { test.update($0 < 100 ? 0 : direction * 10) }
            #expect(detections.first.map { $0 >= 100 && $0 < 110 } == true)
        }
    }

    @Test func `agrees with the oracle to the index`() throws {
        guard let expected = Fixture.oracle("drift_streams_expected.json"),
            let streams = Fixture.oracle("drift_streams.csv")
        else { return }
        let columns = Fixture.columns(streams)
        for expected in try JSONDecoder().decode([Case].self, from: Data(expected.utf8)) {
            var settings = PageHinkley.Settings()
            for (name, parameter) in expected.test.params {
                switch (name, parameter) {
                case ("min_instances", .number(let number)): settings.countMin = Int(number)
                case ("delta", .number(let number)): settings.delta = number
                case ("threshold", .number(let number)): settings.threshold = number
                case ("alpha", .number(let number)): settings.alpha = number
                case ("mode", .text(let mode)):
                    settings.direction = try #require(PageHinkley.Settings.Direction(rawValue: mode))
                default: Issue.record("unknown parameter \(name)")
                }
            }
            var test = PageHinkley(settings: settings)
            let stream = try #require(columns[expected.series])
            let detections = stream.indices.filter { test.update(stream[$0]) }
            #expect(detections == expected.test.detections, "\(expected.series) \(settings)")
        }
    }
}

func isClose(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= max(1e-9, 1e-9 * max(abs(left), abs(right)))
}
