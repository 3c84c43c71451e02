/// A misbehaviour of the exchange that can be asked for.
package enum Fault: Hashable, Sendable {
    /// Close every connection without a word and, with a duration, refuse new ones for so long.
    case drop(refusing: Duration)
    /// The same with a TCP reset.
    case reset(refusing: Duration)
    /// Never again read from or write to the connections now open, and never close them.
    case halfOpen
    /// Do so with connections and requests that come, too, for so long; those that came stay dead.
    case blackHole(Duration)
    /// Hold everything back for so long, then send it all.
    case stall(Duration)
    /// Send nothing on the connections now open, pongs included; what is due meanwhile is lost.
    case silence(Duration)
    /// Close new connections at accept.
    case refuse(Duration)
    /// Show a certificate nobody should take.
    case tls(TLSFault, Duration)
    /// Answer every subscription with an error.
    case reject(Duration)

    /// Send malformed frames, once or once a second for so long.
    case garbage(Duration)
    /// Hold everything back and let it go in bursts, `pause` apart.
    case slow(pause: Duration, Duration)
    /// Send everything so much later, in order.
    case delay(by: Duration, Duration)
    /// Lose every eighth push.
    case lose(Duration)
    /// Send every eighth push twice.
    case duplicate(Duration)
    /// Send every eighth push after the one that follows it.
    case reorder(Duration)

    /// Lose the next order-book delta of every topic, so that its update ids skip one.
    case gap
    /// Show a bid at the best ask in the next push of every book topic.
    case crossed
    /// Number every book anew, beginning with a snapshot of update id 1, on living connections.
    case renumber
    /// Let the whole market stand still; it catches up afterwards.
    case freeze(Duration)
    /// Let one symbol stand still; its trades come late but whole.
    case freezeSymbol(String, Duration)
    /// Go on sending, with times that stand still.
    case stale(Duration)
    /// Take the service down for so long: connections are cut, books begin again with update id 1.
    case restart(Duration)
    /// Close all instruments, and say so in `system.status`.
    case maintenance(Duration)

    /// Answer REST calls wrongly.
    case rest(RestFault, Duration)

    /// How long a fault lasts when nobody says.
    package static let durationDefault = Duration.seconds(5)
    /// How long a stall lasts when nobody says.
    package static let stallDefault = Duration.seconds(30)
    /// How long a restart takes when nobody says.
    package static let restartDefault = Duration.seconds(1)
    /// The pause between bursts when nobody says.
    package static let pauseDefault = Duration.milliseconds(200)
    /// How much later a delayed message comes when nobody says.
    package static let delayDefault = Duration.seconds(2)

    /// How long it is at work; zero for what happens at once.
    package var length: Duration {
        switch self {
        case .halfOpen, .gap, .crossed, .renumber: .zero
        case .drop(let length), .reset(let length), .blackHole(let length), .stall(let length),
            .silence(let length), .refuse(let length), .tls(_, let length), .reject(let length),
            .garbage(let length), .slow(_, let length), .lose(let length), .duplicate(let length),
            .reorder(let length), .freeze(let length), .freezeSymbol(_, let length), .stale(let length),
            .restart(let length), .maintenance(let length), .rest(_, let length):
            length
        case .delay(let by, let length): length + by
        }
    }
}

/// What is wrong with a certificate.
package enum TLSFault: String, CaseIterable, Sendable {
    case expired
    case wrongHost = "wrong-host"
    case untrusted
}

/// What is wrong with REST answers.
package enum RestFault: String, CaseIterable, Sendable {
    /// HTTP 429, overload protection.
    case overloaded = "429"
    /// HTTP 403 with `access too frequent`.
    case forbidden = "403"
    /// HTTP 200 with retCode 10006 and the limit headers.
    case limited = "10006"
    /// HTTP 502 with a page for people.
    case badGateway = "502"
    /// HTTP 200 with a page for people.
    case html
    /// The right answer, cut in half.
    case truncated
    /// retCode 99999.
    case unknownCode = "unknown"
    /// retCode 0 with an empty result.
    case empty
    /// The right answer, three seconds late.
    case slow
    /// The connection is closed in place of an answer.
    case cut
}
