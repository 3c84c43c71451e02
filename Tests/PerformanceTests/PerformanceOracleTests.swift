import Foundation
import Performance
import Testing

@Suite struct `Performance oracles` {
    private struct Expected: Decodable {
        let periodsPerYear: Double
        let nTrials: Int
        let varOfTrialSharpesDdof1: Double
        let expectedMaxSharpe: Double
        let strategies: [String: [String: Double?]]
    }

    @Test(arguments: OracleFiles.performance)
    func `every figure of every strategy is the reference's`(file: URL) throws {
        // Given
        let expected = try OracleFiles.decoder.decode(Expected.self, from: Data(contentsOf: file))
        let table = try OracleFiles.returns(for: file, prefix: "performance_expected")
        #expect(table.stepMilliseconds.map(ReturnSeries.periodsPerYear) == expected.periodsPerYear)
        // When
        let comparison = PerformanceComparison(
            table.columns.map {
                ($0.name, ReturnSeries(returns: $0.values, periodsPerYear: expected.periodsPerYear))
            }
        )
        // Then: by what is printed, so that the names are held to the reference's too.
        let printed = try OracleFiles.decoder.decode(Expected.self, from: Data(comparison.json.utf8))
        #expect(printed.nTrials == expected.nTrials)
        #expect(isClose(printed.expectedMaxSharpe, expected.expectedMaxSharpe))
        #expect(isClose(printed.varOfTrialSharpesDdof1, expected.varOfTrialSharpesDdof1))
        #expect(Set(printed.strategies.keys) == Set(expected.strategies.keys))
        var compared = 0
        for (strategy, figures) in expected.strategies {
            for (name, figure) in figures {
                let found = try #require(printed.strategies[strategy]?[name], "\(strategy) \(name)")
                compared += 1
                guard let figure, let found else {
                    #expect(found == figure, "\(strategy) \(name)")
                    continue
                }
                #expect(isClose(found, figure), "\(strategy) \(name): \(found), expected \(figure)")
            }
        }
        #expect(compared >= 19 * expected.strategies.count)
    }

    private struct ExpectedOverfitting: Decodable {
        struct Detail: Decodable {
            let isBlocks: [Int]
            let best: Int
            let isSharpe: Double
            let oosSharpe: Double
            let omega: Double
            let logit: Double
        }
        let blocks: Int
        let rowsUsed: Int
        let combinations: Int
        let pbo: Double
        let detail: [Detail]?

        enum CodingKeys: String, CodingKey {
            case blocks = "S"
            case rowsUsed, combinations, pbo, detail
        }
    }

    @Test(arguments: OracleFiles.overfitting)
    func `every split of the cross-validation is the reference's`(file: URL) throws {
        let table = try OracleFiles.returns(for: file, prefix: "pbo_cscv")
        let cases = try OracleFiles.decoder.decode([ExpectedOverfitting].self, from: Data(contentsOf: file))
        for expected in cases {
            // When
            let found = try OverfittingProbability(table.columns.map(\.values), blocks: expected.blocks)
            // Then
            #expect(found.rowsUsed == expected.rowsUsed)
            #expect(found.splits.count == expected.combinations)
            #expect(isClose(found.value, expected.pbo))
            for (split, detail) in zip(found.splits, expected.detail ?? []) {
                #expect(split.sampleBlocks == detail.isBlocks)
                #expect(split.best == detail.best)
                #expect(isClose(split.sampleSharpe, detail.isSharpe))
                #expect(isClose(split.testSharpe, detail.oosSharpe))
                #expect(isClose(split.relativeRank, detail.omega))
                #expect(isClose(split.logit, detail.logit))
            }
        }
    }

    private struct ExpectedFolds: Decodable {
        struct Fold: Decodable {
            let test: [Int]
            let train: [Int]
        }
        struct Case: Decodable {
            let k: Int
            let embargo: Int
            let folds: [Fold]
        }
        /// Says in words which file holds the samples.
        let samples: String
        let cases: [Case]
    }

    @Test(arguments: OracleFiles.purgedFolds)
    func `every purged fold is the reference's`(file: URL) throws {
        // Given
        let expected = try OracleFiles.decoder.decode(ExpectedFolds.self, from: Data(contentsOf: file))
        let name = try #require(expected.samples.split(separator: " ").first { $0.hasSuffix(".csv") })
        let text = try String(
            contentsOf: OracleFiles.folder.appendingPathComponent(String(name)),
            encoding: .utf8
        )
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let (begin, end) = try (
            #require(rows.first?.firstIndex(of: "i")), #require(rows.first?.firstIndex(of: "exit_i"))
        )
        let samples = try rows.dropFirst().map { try #require(Int($0[begin]))...#require(Int($0[end])) }
        for `case` in expected.cases {
            // When
            let found = PurgedKFold(samples, folds: `case`.k, embargoBars: `case`.embargo)
            // Then
            #expect(
                found.folds.map { [$0.test.lowerBound, $0.test.upperBound - 1] } == `case`.folds.map(\.test)
            )
            #expect(found.folds.map(\.train) == `case`.folds.map(\.train))
        }
    }
}
