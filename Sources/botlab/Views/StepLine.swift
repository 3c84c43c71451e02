import Contracts
import StoragePlane

/// One event of a chain as one readable line; what followed from another one is set in.
struct StepLine: CustomStringConvertible {
    private static let topicWidth = 25

    let step: CausalChain.Step

    var description: String {
        let sequence = String(step.sequence)
        let padding = String(repeating: " ", count: max(0, 8 - sequence.utf8.count))
        let indent = step.isRoot ? "" : "  "
        let gap = String(repeating: " ", count: max(0, Self.topicWidth - step.topic.utf8.count))
        return "\(padding)\(sequence)  \(UTCTime(step.ts))  \(step.topic)\(gap)  \(indent)\(step.text)"
    }
}
