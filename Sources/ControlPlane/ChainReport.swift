import Contracts
import ControlProtocol

/// A chain of events in words, as the control socket tells it.
package struct ChainReport: Sendable {
    package struct Step: Sendable {
        package let sequence: UInt64
        package let ts: UnixMilliseconds
        package let topic: String
        package let isRoot: Bool
        package let text: String

        package init(sequence: UInt64, ts: UnixMilliseconds, topic: String, isRoot: Bool, text: String) {
            self.sequence = sequence
            self.ts = ts
            self.topic = topic
            self.isRoot = isRoot
            self.text = text
        }
    }

    package let id: String
    package let steps: [Step]
    /// How it turned out, in one sentence.
    package let ending: String
    /// Whether there is more than was told.
    package let isCut: Bool

    package init(id: String, steps: [Step], ending: String, isCut: Bool) {
        self.id = id
        self.steps = steps
        self.ending = ending
        self.isCut = isCut
    }

    var members: [JSONMember] {
        [
            JSONMember("chain", .string(id)), JSONMember("ending", .string(ending)),
            JSONMember("cut", .bool(isCut)), JSONMember("steps", .array(steps.map(\.json))),
        ]
    }
}

extension ChainReport.Step {
    fileprivate var json: JSONValue {
        [
            "seq": .unsigned(sequence), "ts": .integer(ts), "topic": .string(topic),
            "outside": .bool(isRoot), "text": .string(text),
        ]
    }
}
