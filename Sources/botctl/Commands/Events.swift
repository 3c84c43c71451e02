import ArgumentParser
import ControlProtocol

struct Events: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the daemon's events as they happen.",
        discussion: """
            EXAMPLES
              botctl events --topic 'exec:*' 'risk:*'     orders, fills and risk's answers
              botctl events --from 1482301 --count 10     ten events from a number on
              botctl events -o ndjson | jq .topic         one JSON object a line

            Reads only; changes nothing. Ends with Ctrl-C (exit status 130). A reader that is too slow gets a \
            gap line in place of what it missed; the journal has everything.
            """
    )

    /// Heartbeats come far more often; so long a silence means the daemon hangs.
    static let silenceSeconds = 3 * ControlLimits.heartbeatSeconds

    @OptionGroup var daemon: DaemonOptions

    @Option(help: ArgumentHelp("Start at this sequence number (default: now).", valueName: "seq"))
    var from: UInt64?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Only these topics: exact, or a prefix and `*` (default: all).",
            valueName: "topic"
        )
    )
    var topic: [String] = []

    @Flag(inversion: .prefixedNo, help: "Go on with what comes; without, end at the newest event.")
    var follow = true

    @Option(help: ArgumentHelp("End after so many events.", valueName: "n"))
    var count: Int?

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count takes 1 or more") }
        if topic.count > ControlLimits.topicPatternsMax {
            throw ValidationError("--topic takes at most \(ControlLimits.topicPatternsMax) patterns")
        }
        if let wrong = topic.first(where: { TopicPattern($0) == nil }) {
            throw ValidationError(
                "\"\(Printable.text(wrong))\" is no topic pattern; write 'exec:*' or a topic"
            )
        }
    }

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        var session = try Session.open(daemon)
        let patterns = topic.isEmpty ? [TopicPattern.all] : topic.compactMap { TopicPattern($0) }
        let answer = try session.ask(.subscribe(Subscription(topics: patterns, from: from)))
        let newest = follow ? nil : answer["seq"]?.unsigned
        var left = count ?? Int.max
        while true {
            while let frame = try session.bufferedFrame() {
                left -= try show(frame, &output)
                if left <= 0 || isBeyond(newest, frame) { return }
            }
            // Whatever has come is on the screen before we wait.
            try output.flush()
            try session.fill(waiting: .seconds(Self.silenceSeconds))
        }
    }

    /// Prints a frame and gives the number of events it was: one or none.
    private func show(_ frame: ServerFrame, _ output: inout StandardOutput) throws(ClientFailure) -> Int {
        switch frame {
        case .event(let sequence, let topic, let payload):
            let event = EventView(sequence: sequence, topic: topic, payload: try Session.tree(payload))
            try output.line(event.line(daemon.format, daemon.style))
            return 1
        case .gap(let from, let to):
            if daemon.format.isJSON {
                try output.line(JSONValue.object([JSONMember("gap", Self.range(from, to))]).text)
            } else if !daemon.quiet {
                try output.flush()
                StandardError.write(
                    "gap: \(from) to \(to) were not sent; read them: botctl events --from \(from) --count \(to - from + 1)\n"
                )
            }
            return 0
        case .error(_, let error): throw .refused(error)
        case .greeting, .ok, .heartbeat: return 0
        }
    }

    private static func range(_ from: UInt64, _ to: UInt64) -> JSONValue {
        ["from": .unsigned(from), "to": .unsigned(to)]
    }

    /// Whether the frame shows that everything up to `newest` has been seen.
    private func isBeyond(_ newest: UInt64?, _ frame: ServerFrame) -> Bool {
        guard let newest else { return false }
        switch frame {
        case .event(let sequence, _, _), .heartbeat(let sequence): return sequence >= newest
        default: return false
        }
    }
}
