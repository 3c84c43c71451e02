import ArgumentParser
import Contracts

struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn raw frames of the exchange into events, as tradebotd does.",
        discussion: """
            Reads what `recorder` has written, plain or gzipped, single files or a whole folder; messages as JSON \
            lines; a capture with > < = before its messages. Writes one event a line, as the journal has it, to \
            standard output, and what could not be read, with all counts, to standard error. Changes nothing.

              botlab decode /var/lib/tradebot/recordings --topic market:trade --symbol BTCUSDT
              botlab decode capture.jsonl --category spot --errors > events.jsonl

            Exit status: 0 done, 65 nothing of it could be read, 66 no such file.
            """
    )

    @OptionGroup var frames: FrameOptions

    @Option(help: ArgumentHelp("A topic, or the beginning of some and *; may stand several times."))
    var topic: [String] = []

    @Flag(help: "Tell every message that can't be read, not only the first ones.")
    var errors = false

    func validate() throws { try TopicChoice.check(topic) }

    func run() throws {
        var run = try FrameRun(frames, tellsAll: errors)
        var output = StandardOutput()
        let choice = TopicChoice(topic)
        let encoder = EventJSONEncoder()
        var line: [UInt8] = []
        while let step = run.next() {
            guard step.isShown else { continue }
            for event in step.events where choice.has(event.topic) && frames.wants(event) {
                run.count(event)
                line.removeAll(keepingCapacity: true)
                line += "{\"topic\":\"\(event.topic.rawValue)\",\"payload\":".utf8
                try encoder.encode(event, into: &line)
                line += "}\n".utf8
                try output.write(line)
            }
        }
        try output.flush()
        try run.finish()
    }
}

/// The topics that were asked for: exact, or a beginning and `*`.
struct TopicChoice {
    private let chosen: Set<Topic>

    init(_ patterns: [String]) {
        chosen = Set(
            Topic.allCases.filter { topic in
                patterns.isEmpty || patterns.contains { Self.matches($0, topic.rawValue) }
            }
        )
    }

    func has(_ topic: Topic) -> Bool { chosen.contains(topic) }

    /// Refuses a pattern that no topic fits.
    static func check(_ patterns: [String]) throws {
        for pattern in patterns where !Topic.allCases.contains(where: { matches(pattern, $0.rawValue) }) {
            throw ValidationError("No topic is called '\(pattern)'; market:* are those there are here.")
        }
    }

    private static func matches(_ pattern: String, _ topic: String) -> Bool {
        pattern.hasSuffix("*") ? topic.hasPrefix(pattern.dropLast()) : topic == pattern
    }
}
