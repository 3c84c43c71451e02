/// A misbehaviour of the exchange that can be asked for.
package enum Fault: Equatable, Sendable {
    /// Close every connection without a word and, with a duration, refuse new ones for so long.
    case drop(refusing: Duration)
    /// Send nothing on the connections now open, pongs included; what is due meanwhile is lost.
    case silence(Duration)
    /// Send malformed frames, once or once a second for so long.
    case garbage(Duration)
    /// Lose the next order-book delta of every topic, so that its update ids skip one.
    case gap
    /// Hold everything back and let it go in bursts, `pause` apart.
    case slow(pause: Duration, Duration)
    /// Close new connections at accept.
    case refuse(Duration)
    /// Answer every subscription with an error.
    case reject(Duration)

    /// How long a fault lasts when nobody says.
    package static let durationDefault = Duration.seconds(5)
    /// The pause between bursts when nobody says.
    package static let pauseDefault = Duration.milliseconds(200)

    /// Reads a control line such as `drop`, `silence 5`, `slow 200 5` (pause in ms, then seconds) or `gap`.
    package init(controlLine line: String) throws(SimulatorError) {
        let words = line.split(separator: " ").map(String.init)
        let numbers = words.dropFirst().map(Double.init)
        guard let kind = words.first, numbers.allSatisfy({ ($0 ?? -1) >= 0 && ($0 ?? 0) < 1_000_000 }) else {
            throw Fault.unknown(line)
        }
        let values = numbers.compactMap(\.self)
        if kind == "slow", values.count == 2 {
            self = .slow(pause: .milliseconds(Int64(values[0])), .milliseconds(Int64(values[1] * 1000)))
            return
        }
        guard values.count <= 1, let fault = Fault(kind: kind, seconds: values.first, pause: nil) else {
            throw Fault.unknown(line)
        }
        self = fault
    }

    init?(kind: String, seconds: Double?, pause: Duration?) {
        let given = seconds.map { Duration.milliseconds(Int64($0 * 1000)) }
        let duration = given ?? Fault.durationDefault
        switch kind {
        case "drop": self = .drop(refusing: given ?? .zero)
        case "silence": self = .silence(duration)
        case "garbage": self = .garbage(given ?? .zero)
        case "gap" where seconds == nil: self = .gap
        case "slow": self = .slow(pause: pause ?? Fault.pauseDefault, duration)
        case "refuse": self = .refuse(duration)
        case "reject": self = .reject(duration)
        default: return nil
        }
    }

    private static func unknown(_ text: String) -> SimulatorError {
        .badOption(
            option: "fault",
            value: text,
            expected: "drop, silence, garbage, gap, slow, refuse or reject, with seconds where they last"
        )
    }
}

/// A fault and when it strikes, counted from the moment the server is ready.
package struct ScheduledFault: Equatable, Sendable {
    /// What goes wrong.
    package let fault: Fault
    /// How long after the server is ready.
    package let after: Duration

    /// A fault at a moment.
    package init(_ fault: Fault, after: Duration) {
        self.fault = fault
        self.after = after
    }

    /// Reads `KIND@SECONDS[:DURATION]`, for slow also `slow=MILLISECONDS@SECONDS[:DURATION]`.
    package init(_ text: String) throws(SimulatorError) {
        let wrong = SimulatorError.badOption(
            option: "--fault",
            value: text,
            expected: """
                KIND@SECONDS[:DURATION] with a kind of drop, silence, garbage, gap, slow, refuse or reject; \
                slow=MILLISECONDS@… sets the pause between its bursts
                """
        )
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2 else { throw wrong }
        let kind = halves[0].split(separator: "=", omittingEmptySubsequences: false)
        let times = halves[1].split(separator: ":", omittingEmptySubsequences: false).map { Double($0) ?? -1 }
        let pause = kind.count == 2 ? Int64(kind[1]) ?? -1 : 0
        guard (1...2).contains(kind.count), (1...2).contains(times.count), pause >= 0,
            times.allSatisfy({ $0 >= 0 && $0 < 1_000_000 }), kind.count == 1 || kind[0] == "slow",
            let fault = Fault(
                kind: String(kind[0]),
                seconds: times.count == 2 ? times[1] : nil,
                pause: pause > 0 ? .milliseconds(pause) : nil
            )
        else { throw wrong }
        self.init(fault, after: .milliseconds(Int64(times[0] * 1000)))
    }
}
