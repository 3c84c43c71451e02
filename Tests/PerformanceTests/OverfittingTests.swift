import Performance
import Testing

@Suite struct `Probability of overfitting` {
    @Test func `tries every half once, in lexicographic order`() throws {
        let noise = (0..<3).map { column in
            (0..<24).map { row in Double((row * 7 + column * 11) % 13) }
        }
        let found = try OverfittingProbability(noise, blocks: 6)
        #expect(found.splits.count == 20)
        #expect(found.splits.first?.sampleBlocks == [0, 1, 2])
        #expect(found.splits.last?.sampleBlocks == [3, 4, 5])
        let blocks = found.splits.map(\.sampleBlocks)
        #expect(blocks == blocks.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func `is nothing where one series is always the best`() throws {
        let wave = (0..<40).map { Double($0 % 4) - 1 }
        let found = try OverfittingProbability([wave.map { $0 - 1 }, wave, wave.map { $0 - 2 }], blocks: 4)
        #expect(found.value == 0)
        #expect(found.splits.allSatisfy { $0.best == 1 && $0.relativeRank == 0.75 })
    }

    @Test func `takes the first of equals and gives equals the middle rank`() throws {
        let wave = (0..<43).map { Double($0 % 5) - 1 }
        let found = try OverfittingProbability([wave, wave, wave], blocks: 4)
        #expect(found.rowsUsed == 40)
        #expect(found.splits.allSatisfy { $0.best == 0 && $0.relativeRank == 0.5 })
        #expect(found.value == 1)
    }

    @Test func `refuses what it cannot split`() {
        let flat = [[Double](repeating: 0, count: 9), [Double](repeating: 0, count: 9)]
        #expect(throws: OverfittingError.badBlocks(3)) { try OverfittingProbability(flat, blocks: 3) }
        #expect(throws: OverfittingError.tooShort(rows: 9, blocks: 6)) {
            try OverfittingProbability(flat, blocks: 6)
        }
        #expect(throws: OverfittingError.notComparable) { try OverfittingProbability([[1, 2]], blocks: 2) }
    }
}

@Suite struct `Purged folds` {
    @Test func `leave out what reaches into the test, and what begins too soon after it`() {
        let samples = (0..<10).map { $0 * 2...$0 * 2 + 3 }
        let folds = PurgedKFold(samples, folds: 3, embargoBars: 2).folds
        #expect(folds.map(\.test) == [0..<4, 4..<7, 7..<10])
        // The second fold lies on bars 8 to 15: sample 3 ends on 9, and sample 8 begins on 16.
        #expect(folds[1].train == [0, 1, 2, 9])
    }

    @Test func `are no more than there are samples`() {
        #expect(PurgedKFold([0...1, 5...6], folds: 4, embargoBars: 0).folds.map(\.test) == [0..<1, 1..<2])
    }
}
