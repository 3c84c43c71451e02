import NIOCore

/// Understands the requests of one connection, keeps its subscriptions and writes the answers.
final class RequestDesk {
    /// Most topics one connection of the option line may have.
    static let optionTopicsMax = 2000

    private let core: SimulatorCore
    private let path: StreamPath
    private let acks: AckEncoder
    private(set) var subscriptions: Set<Subscription> = []
    private var topicCharacters = 0

    init(core: SimulatorCore, path: StreamPath, connectionID: String) {
        (self.core, self.path) = (core, path)
        acks = AckEncoder(category: path.category, connectionID: connectionID)
    }

    private var category: Category { path.category }

    func answer(_ frame: [UInt8], to session: Session) {
        let request = ClientRequest(frame)
        switch request.operation {
        case .ping: session.emit(acks.pong(id: request.id, nowMs: core.exchange.nowMs))
        case .invalid(let op, let why):
            session.emit(acks.ack(op: op, id: request.id, success: false, message: why))
        case .subscribe(let topics):
            if category == .option {
                subscribeEach(topics, session)
            } else {
                subscribe(topics, id: request.id, session)
            }
        case .unsubscribe(let topics): unsubscribe(topics, id: request.id, session)
        }
    }

    func refuseBinary(to session: Session) {
        session.emit(acks.ack(op: "", id: nil, success: false, message: "error:request is binary"))
    }

    func leave(_ session: Session) {
        for subscription in subscriptions { core.exchange.unsubscribe(session, from: subscription) }
        subscriptions = []
    }

    // MARK: Subscribing

    /// One bad topic fails the whole request.
    private func subscribe(_ topics: [String], id: String?, _ session: Session) {
        func fail(_ why: String) {
            session.emit(acks.ack(op: "subscribe", id: id, success: false, message: why))
        }
        let refusal = ClientRequest.refusal(of: topics, category: category, charactersBefore: topicCharacters)
        if let refusal { return fail(refusal) }
        if core.faults.isOn(.reject) { return fail("error:system busy, try again later") }
        var fresh: [Subscription] = []
        for text in topics {
            guard let topic = Topic(text), core.exchange.serves(topic, on: path) else {
                return fail("error:handler not found,topic:" + text)
            }
            let subscription = Subscription(topic, category: category)
            guard !subscriptions.contains(subscription), !fresh.contains(subscription) else {
                return fail("error:already subscribed,topic:" + text)
            }
            fresh.append(subscription)
        }
        session.emit(acks.done(op: "subscribe", id: id))
        begin(fresh, session)
    }

    /// The option line takes the good topics of a request and names the bad ones.
    private func subscribeEach(_ topics: [String], _ session: Session) {
        var failed: [String] = []
        var fresh: [Subscription] = []
        for text in topics {
            let subscription = Topic(text).map { Subscription($0, category: category) }
            guard let subscription, !core.faults.isOn(.reject),
                core.exchange.serves(subscription.topic, on: path),
                !subscriptions.contains(subscription), !fresh.contains(subscription),
                subscriptions.count + fresh.count < RequestDesk.optionTopicsMax
            else {
                failed.append(text)
                continue
            }
            fresh.append(subscription)
        }
        session.emit(acks.commandResponse(failed: failed, succeeded: fresh.map(\.topic.text)))
        begin(fresh, session)
    }

    private func begin(_ fresh: [Subscription], _ session: Session) {
        for subscription in fresh {
            subscriptions.insert(subscription)
            topicCharacters += subscription.topic.text.utf8.count
            core.exchange.subscribe(session, to: subscription)
        }
        if !fresh.isEmpty { core.subscribed() }
    }

    private func unsubscribe(_ topics: [String], id: String?, _ session: Session) {
        var failed: [String] = []
        var done: [String] = []
        for text in topics {
            guard let topic = Topic(text) else {
                failed.append(text)
                continue
            }
            let subscription = Subscription(topic, category: category)
            done.append(text)
            guard subscriptions.remove(subscription) != nil else { continue }
            topicCharacters -= text.utf8.count
            core.exchange.unsubscribe(session, from: subscription)
        }
        if category == .option {
            session.emit(acks.commandResponse(failed: failed, succeeded: done))
        } else if let bad = failed.first {
            let why = "error:handler not found,topic:" + bad
            session.emit(acks.ack(op: "unsubscribe", id: id, success: false, message: why))
        } else {
            session.emit(acks.done(op: "unsubscribe", id: id))
        }
    }
}
