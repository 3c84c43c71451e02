import ArgumentParser
import BybitProtocol
import Contracts
import Recording

struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn raw frames of the exchange into events, as tradebotd does.",
        discussion: """
            Reads what `recorder` has written, plain or gzipped, single files or a whole folder; messages as JSON \
            lines; a capture with > < = before its messages. Writes one event a line, as the journal has it, to \
            standard output, and what could not be read, with all counts, to standard error. Changes nothing.

              botlab decode /var/lib/tradebot/market --topic market:trade --symbol BTCUSDT
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
        var input = try frames.open()
        var output = StandardOutput()
        var decoders = FeedDecoders(category: frames.category)
        var tally = FrameTally(tellsAll: errors)
        var progress = Progress(unit: "messages")
        let choice = TopicChoice(topic)
        let encoder = EventJSONEncoder()
        var line: [UInt8] = []
        while let item = input.next() {
            switch item {
            case .unreadable(let why): tally.noteUnreadable(why, &progress)
            case .gap(let gap): tally.noteGap(gap, at: input.place, &progress)
            case .frame(let frame):
                progress.step()
                tally.note(frame)
                guard !frame.isOutgoing else { continue }
                do throws(WireError) {
                    try decoders.decode(frame)
                } catch {
                    tally.noteMalformed(error, at: input.place, &progress)
                }
                if decoders.output.control != nil { tally.noteControl() }
                if let gap = decoders.output.gap { tally.noteGap(gap, at: input.place, &progress) }
                for event in decoders.output.events {
                    guard choice.has(event.topic), event.instrument.map(frames.wants) ?? true else {
                        continue
                    }
                    tally.note(event.topic)
                    line.removeAll(keepingCapacity: true)
                    line += "{\"topic\":\"\(event.topic.rawValue)\",\"payload\":".utf8
                    try encoder.encode(event, into: &line)
                    line += "}\n".utf8
                    try output.write(String(decoding: line, as: UTF8.self))
                }
            }
        }
        try output.flush()
        progress.clear()
        let counters = decoders.counters
        StandardError.write(tally.summary(counters, torn: input.tornFiles))
        try frames.refuseIfNothing(wasReadBy: counters)
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
