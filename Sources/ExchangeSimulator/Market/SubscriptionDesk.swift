import NIOCore

/// Takes the messages of the topics it asked for.
protocol Subscriber: AnyObject {
    func deliver(_ message: ByteBuffer)
}

/// The listeners of one topic, in the order they came.
final class Audience {
    private var listeners: [any Subscriber] = []

    var isEmpty: Bool { listeners.isEmpty }
    var count: Int { listeners.count }

    func publish(_ message: ByteBuffer) {
        for listener in listeners { listener.deliver(message) }
    }

    func add(_ listener: any Subscriber) {
        listeners.append(listener)
    }

    /// Takes one listener off; true when it was the last.
    func remove(_ listener: any Subscriber) -> Bool {
        guard let index = listeners.firstIndex(where: { $0 === listener }) else { return false }
        listeners.remove(at: index)
        return listeners.isEmpty
    }
}

/// Knows the audience of each topic, and counts what they were told.
final class SubscriptionDesk {
    var counts = SentCounts()
    private var audiences: [Subscription: Audience] = [:]

    /// The one audience of a topic; made when first asked for, so only ask for topics that exist.
    func audience(_ subscription: Subscription) -> Audience {
        if let known = audiences[subscription] { return known }
        let made = Audience()
        audiences[subscription] = made
        return made
    }
}

/// How many messages went out, by kind; each listener's copy counts.
struct SentCounts: Equatable, Sendable {
    var bookSnapshots: UInt64 = 0
    var bookDeltas: UInt64 = 0
    var tickers: UInt64 = 0
    var tradeMessages: UInt64 = 0
    var trades: UInt64 = 0
    var klines: UInt64 = 0
    var closedKlines: UInt64 = 0
    var liquidations: UInt64 = 0
    var others: UInt64 = 0
    var bytes: UInt64 = 0

    var messages: UInt64 {
        bookSnapshots + bookDeltas + tickers + tradeMessages + klines + liquidations + others
    }
}
