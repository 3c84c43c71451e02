/// The one of `words` that `word` most likely meant, or nothing when none is close.
///
/// Close is at most a third of the letters away, so a guess never surprises; it is shown, never acted on.
package func nearestWord(to word: String, among words: [String]) -> String? {
    let typed = Array(word.lowercased().utf8.prefix(ControlLimits.topicPatternBytesMax))
    // Of two words equally far, the one that was merely not typed to its end is the likelier.
    let scored = words.map { candidate in
        let distance = editDistance(typed, Array(candidate.utf8))
        return (word: candidate, distance: distance, rank: distance * 2 + (candidate.hasPrefix(word) ? 0 : 1))
    }
    guard let best = scored.min(by: { $0.rank < $1.rank }) else { return nil }
    return best.distance <= max(1, min(typed.count, best.word.utf8.count) / 3) ? best.word : nil
}

/// The fewest single letters to insert, drop or change, or neighbours to swap.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            let change = previous[column] + (byte == other ? 0 : 1)
            var best = min(change, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                best = min(best, beforePrevious[column - 1] + 1)
            }
            current.append(best)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
