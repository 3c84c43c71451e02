import NIOCore

/// Takes the messages of the topics it asked for.
protocol Subscriber: AnyObject {
    func deliver(_ message: ByteBuffer)
}

/// Knows who listens to what, and hands each message to all of them in the order they came.
final class SubscriptionDesk {
    private var subscribers: [Subscription: [any Subscriber]] = [:]

    func isWanted(_ subscription: Subscription) -> Bool {
        subscribers[subscription] != nil
    }

    func publish(_ message: ByteBuffer, to subscription: Subscription) {
        for subscriber in subscribers[subscription] ?? [] { subscriber.deliver(message) }
    }

    func add(_ subscriber: any Subscriber, to subscription: Subscription) {
        subscribers[subscription, default: []].append(subscriber)
    }

    /// Takes one listener off; true when it was the last.
    func remove(_ subscriber: any Subscriber, from subscription: Subscription) -> Bool {
        guard var listeners = subscribers[subscription] else { return false }
        listeners.removeAll { $0 === subscriber }
        subscribers[subscription] = listeners.isEmpty ? nil : listeners
        return listeners.isEmpty
    }
}
