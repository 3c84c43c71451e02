/// Why a probability of overfitting cannot be computed.
package enum OverfittingError: Error, Hashable, Sendable, CustomStringConvertible {
    case notComparable
    case badBlocks(Int)
    case tooShort(rows: Int, blocks: Int)

    package var description: String {
        switch self {
        case .notComparable: "overfitting needs at least two series of equal length"
        case .badBlocks(let blocks):
            "\(blocks) blocks can't be halved in reasonable time: give an even number, 2 to \(OverfittingProbability.blocksMax)"
        case .tooShort(let rows, let blocks):
            "\(rows) rows are too few for \(blocks) blocks of at least two"
        }
    }
}
