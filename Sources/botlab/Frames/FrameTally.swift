import BybitProtocol
import Contracts
import Recording

/// What was met while frames were read, told on standard error at the end.
struct FrameTally {
    /// So many complaints are told one by one unless all are asked for.
    private static let complaintsMax = 5

    let tellsAll: Bool
    private(set) var frameCount = 0
    private(set) var outgoingCount = 0
    private(set) var controlCount = 0
    /// Messages that are neither pushes nor answers.
    private(set) var foreignCount = 0
    private(set) var unreadableCount = 0
    private(set) var droppedCount = 0
    private var topics: [Topic: Int] = [:]
    private var complaintCount = 0

    init(tellsAll: Bool) { self.tellsAll = tellsAll }

    mutating func note(_ frame: RecordedFrame) {
        if frame.isOutgoing { outgoingCount += 1 } else { frameCount += 1 }
    }
    mutating func note(_ control: ControlMessage) {
        if case .other = control { foreignCount += 1 } else { controlCount += 1 }
    }
    mutating func note(_ topic: Topic) { topics[topic, default: 0] += 1 }

    mutating func noteMalformed(_ error: WireError, at place: String, _ progress: inout Progress) {
        complain("\(place): \(error.why)", &progress)
    }

    mutating func noteUnreadable(_ why: String, _ progress: inout Progress) {
        unreadableCount += 1
        complain(why, &progress)
    }

    mutating func noteGap(_ gap: RecordingGap, at place: String, _ progress: inout Progress) {
        droppedCount += gap.frameCount
        complain("\(place): the recorder dropped \(gap.frameCount) frames here", &progress)
    }

    mutating func noteGap(_ gap: StreamGap, at place: String, _ progress: inout Progress) {
        complain("\(place): \(gap.instrument) \(gap.topic): \(gap.reason); waits for a snapshot", &progress)
    }

    /// Whether any message made sense, known here or not.
    func isAnythingRead(_ counters: WireCounters) -> Bool {
        counters.frames > counters.malformed + UInt64(foreignCount)
    }

    /// The whole account, for standard error.
    func summary(_ counters: WireCounters, torn: [String]) -> String {
        let events = topics.values.reduce(0, +)
        var lines = [
            "\(frameCount) messages, \(events) events, \(controlCount) answers, \(counters.malformed) malformed"
        ]
        let counts: [(Int, String)] = [
            (foreignCount, "messages that are neither pushes nor answers"),
            (outgoingCount, "messages of the client's own, left out"),
            (unreadableCount, "lines without a message"),
            (droppedCount, "messages that the recorder dropped"),
            (Int(counters.gaps), "gaps: streams waited for their next snapshot"),
            (Int(counters.unanchored), "messages of streams that waited"),
            (Int(counters.outdated), "ticker messages older than what was known"),
            (Int(counters.unknownTopics), "messages of topics that are not known here"),
            (Int(counters.unknownFields), "members or values that are not known here"),
            (Int(counters.unrepresentable), "figures without an exact value"),
        ]
        lines += counts.filter { $0.0 > 0 }.map { "  \($0.0) \($0.1)" }
        lines += Topic.allCases.compactMap { topic in topics[topic].map { "  \($0) \(topic.rawValue)" } }
        lines += torn.map { "  \($0) ends in the middle of a line or of its compressed stream" }
        if complaintCount > Self.complaintsMax, !tellsAll {
            lines.append("  \(complaintCount - Self.complaintsMax) more troubles; --errors tells all of them")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func complain(_ text: String, _ progress: inout Progress) {
        complaintCount += 1
        guard tellsAll || complaintCount <= Self.complaintsMax else { return }
        progress.clear()
        StandardError.write("\(text)\n")
    }
}
