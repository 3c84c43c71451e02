import Contracts

/// What one message meant; used again for the next one, so that it costs no allocation.
package struct DecodedFrame: Sendable {
    /// The events, in the order of the message.
    package var events: [AnyEvent] = []
    /// An answer of the exchange to a request of ours.
    package var control: ControlMessage?
    /// A break in the message's stream: nothing of it is given out until its next snapshot.
    package var gap: StreamGap?

    package init() {}

    mutating func clear() {
        events.removeAll(keepingCapacity: true)
        control = nil
        gap = nil
    }
}

/// A stream whose messages no longer follow each other: subscribe again to get a new snapshot.
package struct StreamGap: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The update after `expected - 1` was not `expected`.
        case skipped(expected: UInt64, got: UInt64)
        /// A bid reaches an ask.
        case crossed
        /// A change came before the state that it changes.
        case deltaBeforeSnapshot
        /// A message of the stream could not be read.
        case malformed(WireError)
    }

    package let topic: StreamTopic
    package let instrument: Instrument
    package let reason: Reason

    package init(topic: StreamTopic, instrument: Instrument, reason: Reason) {
        self.topic = topic
        self.instrument = instrument
        self.reason = reason
    }
}

extension StreamGap.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .skipped(let expected, let got): "update \(got) came where \(expected) was due"
        case .crossed: "a bid reaches an ask"
        case .deltaBeforeSnapshot: "a change came before any snapshot"
        case .malformed(let error): error.why
        }
    }
}

/// A message that is no push: what the exchange says to a request of ours.
package enum ControlMessage: Hashable, Sendable {
    case pong
    /// The request `requestID` was obeyed.
    case subscribed(requestID: String?)
    case unsubscribed(requestID: String?)
    /// The request was refused, as a whole or, where `topics` are named, in part.
    case refused(operation: String, requestID: String?, reason: String, topics: [String])
    /// Anything else, by its operation or type.
    case other(String)
}
