/// Cross-validation of samples that overlap in time: what a test fold could have leaked into is not trained on.
///
/// - Source: López de Prado, "Advances in Financial Machine Learning", 2018, chapter 7.
package struct PurgedKFold: Hashable, Sendable {
    /// One fold: the samples it is tested on, and those it is trained on, by their numbers.
    package struct Fold: Hashable, Sendable {
        package let test: Range<Int>
        package let train: [Int]
    }

    package let folds: [Fold]

    /// Splits samples that are in order of time, each known by the bars it begins and ends with.
    ///
    /// Folds are contiguous; the first ones are larger by one where the samples do not divide. A sample outside of a
    /// fold is trained on when it ends before the fold begins, or begins more than `embargoBars` after it ends.
    package init(_ samples: [ClosedRange<Int>], folds count: Int, embargoBars: Int) {
        precondition(count >= 2 && embargoBars >= 0, "at least two folds, and no embargo into the past")
        let (size, larger) = samples.count.quotientAndRemainder(dividingBy: count)
        var start = 0
        folds = (0..<count).compactMap { number in
            let test = start..<start + size + (number < larger ? 1 : 0)
            start = test.upperBound
            let tested = samples[test]
            guard let begin = tested.map(\.lowerBound).min(), let end = tested.map(\.upperBound).max() else {
                return nil
            }
            let train = samples.indices.filter { index in
                !test.contains(index)
                    && (samples[index].upperBound < begin || samples[index].lowerBound > end + embargoBars)
            }
            return Fold(test: test, train: train)
        }
    }
}
