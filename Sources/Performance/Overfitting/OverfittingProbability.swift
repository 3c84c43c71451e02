import Glibc

/// How often the best of several series in one half of the time is no better than the middle in the other half.
///
/// - Shape: combinatorially symmetric cross-validation: the rows, cut to a multiple of `blocks`, fall into that many
///   contiguous blocks; every half of them, in lexicographic order, is the sample once and the others the test.
/// - Source: Bailey, Borwein, López de Prado, Zhu, "The Probability of Backtest Overfitting", 2015.
package struct OverfittingProbability: Hashable, Sendable {
    /// One choice of blocks, and what became of its best series in the others.
    package struct Split: Hashable, Sendable {
        package let sampleBlocks: [Int]
        /// The best series of the sample, the first one of equals.
        package let best: Int
        /// The best one's mean over standard deviation in the sample, and in the other blocks.
        package let sampleSharpe: Double
        package let testSharpe: Double
        /// The best one's rank in the other blocks, 1 for the worst and the middle of equals, over one more than
        /// there are series.
        package let relativeRank: Double
        package var logit: Double { log(relativeRank / (1 - relativeRank)) }
    }

    package let blocks: Int
    package let rowsUsed: Int
    package let splits: [Split]

    /// The share of splits whose best series came out in the lower half.
    package var value: Double {
        Double(splits.count { $0.logit <= 0 }) / Double(splits.count)
    }

    /// Tries all halves of the blocks.
    package init(_ series: [[Double]], blocks: Int) throws(OverfittingError) {
        let rows = series.first?.count ?? 0
        guard series.count > 1, series.allSatisfy({ $0.count == rows }) else { throw .notComparable }
        guard blocks % 2 == 0, (2...Self.blocksMax).contains(blocks) else { throw .badBlocks(blocks) }
        let length = rows / blocks
        guard length > 1 else { throw .tooShort(rows: rows, blocks: blocks) }
        self.blocks = blocks
        rowsUsed = length * blocks
        let moments = series.map { returns in
            (0..<blocks).map { BlockMoments(returns[$0 * length..<($0 + 1) * length]) }
        }
        splits = Combinations(of: blocks, size: blocks / 2).map { chosen in
            Split(moments, sample: chosen, length: length)
        }
    }

    /// More would take minutes: there are 184 756 halves of twenty.
    package static let blocksMax = 20
}

extension OverfittingProbability.Split {
    fileprivate init(_ moments: [[BlockMoments]], sample: [Int], length: Int) {
        let blocks = moments.first?.count ?? 0
        let test = (0..<blocks).filter { !sample.contains($0) }
        let sampleRatios = moments.map { column in
            BlockMoments.sharpe(sample.map { column[$0] }, length: length)
        }
        let testRatios = moments.map { column in
            BlockMoments.sharpe(test.map { column[$0] }, length: length)
        }
        var best = 0
        for index in sampleRatios.indices where sampleRatios[index] > sampleRatios[best] { best = index }
        let outcome = testRatios[best]
        let lower = testRatios.count { $0 < outcome }
        let equal = testRatios.count { $0 == outcome }
        sampleBlocks = sample
        self.best = best
        sampleSharpe = sampleRatios[best]
        testSharpe = outcome
        relativeRank = (Double(lower) + Double(equal + 1) / 2) / Double(testRatios.count + 1)
    }
}

extension OverfittingProbability {
    /// One line for people.
    var text: String {
        let share = FixedText.text(value * 100, places: 1)
        return "Probability of backtest overfitting  \(share)% (\(blocks) blocks, \(splits.count) splits)\n"
    }

    var json: String {
        JSONLine.object([
            ("S", String(blocks)), ("rows_used", String(rowsUsed)), ("combinations", String(splits.count)),
            ("pbo", JSONLine.number(value)),
        ])
    }
}
