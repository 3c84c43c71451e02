import ArgumentParser
import Contracts
import StoragePlane

struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count what a journal holds: numbers, time span, events by topic, gaps.",
        discussion: """
            Changes nothing; may be asked while the daemon writes.

              botlab journal stats journal
              botlab journal stats journal --json
            """
    )

    @OptionGroup var journal: JournalOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let figures = try journal.read { try Figures($0, path: journal.file) }
        var output = StandardOutput()
        try output.write(json ? figures.json() : figures.text)
        try output.flush()
    }
}

/// The figures of one journal.
private struct Figures: Encodable {
    struct TopicCount: Encodable {
        let topic: String
        let count: Int
    }
    struct Gap: Encodable {
        let from: UInt64
        let to: UInt64
    }

    let path: String
    let firstSeq: UInt64?
    let lastSeq: UInt64?
    let firstTs: UnixMilliseconds?
    let lastTs: UnixMilliseconds?
    let events: Int
    let topics: [TopicCount]
    let gaps: [Gap]
    let whole: Bool

    init(_ reader: JournalReader, path: String) throws {
        let check = try reader.check()
        let head = try reader.head()
        let first = try reader.rows(in: 0...UInt64(Int64.max), limit: 1).first
        let last = try reader.rows(in: head...head, limit: 1).first
        self.path = path
        firstSeq = check.first
        lastSeq = check.last
        firstTs = first?.ts
        lastTs = last?.ts
        events = check.count
        topics = try reader.countsByTopic().map(TopicCount.init)
        gaps = check.gaps.map { Gap(from: $0.from, to: $0.to) }
        whole = check.isWhole
    }

    func json() throws -> String {
        var bytes: [UInt8] = []
        try EventJSONEncoder().encode(self, into: &bytes)
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    var text: String {
        var lines = ["journal  \(path)"]
        if let firstSeq, let lastSeq {
            lines.append("numbers  \(firstSeq) to \(lastSeq), \(events) events")
        } else {
            lines.append("numbers  none: the journal is empty")
        }
        if let firstTs, let lastTs {
            lines.append(
                "time     \(UTCTime(firstTs)) to \(UTCTime(lastTs)) UTC, \(UTCTime.span(lastTs - firstTs))"
            )
        }
        let gapText = gaps.map { "\($0.from) to \($0.to)" }.joined(separator: ", ")
        lines.append("gaps     \(gaps.isEmpty ? "none" : gapText)")
        if !whole { lines.append("damage   yes: `botlab journal verify \(path)` tells what and where") }
        let width = topics.map { String($0.count).utf8.count }.max() ?? 0
        lines.append("topics   \(topics.count)")
        for topic in topics {
            let count = String(topic.count)
            lines.append(
                "  " + String(repeating: " ", count: width - count.utf8.count) + "\(count)  \(topic.topic)"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
