import BybitProtocol
import Contracts

/// What one connection is subscribed to, what was asked and not yet answered, and what needs repair.
///
/// A value without clock or socket: it is told the time in milliseconds and gives the requests to be sent.
struct SubscriptionDesk {
    /// One stream's way back to wholeness: asked for anew with growing waits until its data comes.
    private struct Repair {
        var nextTry: Int64
        var delay: Int64
        var isHealed = false
    }

    private struct Pending {
        let topics: [StreamTopic]
    }

    /// An answer that never comes is forgotten when so many others wait.
    private static let pendingCountMax = 512
    /// A repaired stream that stayed whole for so long is repaired without a wait again.
    private static let healedMilliseconds: Int64 = 60_000

    let category: Category
    private let delayFirst: Int64
    private let delayMax: Int64
    private(set) var topics: Set<StreamTopic> = []
    private var characters = 0
    private var lastRequest: UInt64 = 0
    private var pending: [UInt64: Pending] = [:]
    private var repairs: [StreamTopic: Repair] = [:]

    init(category: Category, settings: MarketSettings) {
        self.category = category
        delayFirst = settings.repairFirstMilliseconds
        delayMax = settings.repairMaxMilliseconds
    }

    /// Whether nothing waits for repair: then data need not be looked at.
    var isWhole: Bool { repairs.isEmpty }

    /// Adds topics; gives the new ones in order, and those for which a connection has no room.
    mutating func add(_ wanted: [StreamTopic]) -> (new: [StreamTopic], refused: [StreamTopic]) {
        var (new, refused) = ([StreamTopic](), [StreamTopic]())
        for topic in Set(wanted).subtracting(topics).sorted() {
            let cost = RequestLimits.cost(of: topic)
            guard topic.isServed, characters + cost <= RequestLimits.charactersMax else {
                refused.append(topic)
                continue
            }
            characters += cost
            topics.insert(topic)
            new.append(topic)
        }
        return (new, refused)
    }

    /// A new connection: nothing is asked or broken there yet; gives the requests for every topic.
    mutating func opened() -> [ClientRequest] {
        pending.removeAll()
        repairs.removeAll()
        return subscribe(topics.sorted())
    }

    mutating func subscribe(_ topics: [StreamTopic]) -> [ClientRequest] {
        RequestLimits.chunks(of: topics, category: category).map { chunk in
            let number = number()
            if pending.count >= Self.pendingCountMax, let oldest = pending.keys.min() {
                pending[oldest] = nil
            }
            pending[number] = Pending(topics: chunk)
            return .subscribe(topics: chunk, requestID: String(number))
        }
    }

    mutating func ping() -> ClientRequest { .ping(requestID: String(number())) }

    mutating func acknowledged(_ requestID: String?) {
        if let number = requestID.flatMap({ UInt64($0) }) { pending[number] = nil }
    }

    /// A refusal: of several topics each is asked for by itself, a single one is given up until a later try.
    mutating func refused(
        _ requestID: String?,
        at now: Int64
    ) -> (retry: [ClientRequest], given: [StreamTopic]) {
        // Without an id, answers come in the order of the requests.
        guard let number = requestID.flatMap({ UInt64($0) }) ?? pending.keys.min(),
            let request = pending.removeValue(forKey: number)
        else { return ([], []) }
        guard request.topics.count == 1 else {
            return (request.topics.flatMap { subscribe([$0]) }, [])
        }
        for topic in request.topics { postpone(topic, at: now) }
        return ([], request.topics)
    }

    /// A stream broke; true where it was whole before, with the requests that may be sent at once.
    mutating func broke(_ topic: StreamTopic, at now: Int64) -> (isNew: Bool, requests: [ClientRequest]) {
        guard topics.contains(topic) else { return (false, []) }
        let known = repairs[topic]
        if let known, !known.isHealed { return (false, []) }
        if let known, now < known.nextTry {
            // It broke again soon after a repair: the next one keeps to the waits.
            repairs[topic]?.isHealed = false
            return (true, [])
        }
        postpone(topic, at: now)
        return (true, renew(topic))
    }

    /// A stream's state came whole.
    mutating func healed(_ topic: StreamTopic) { repairs[topic]?.isHealed = true }

    /// The repairs whose time has come.
    mutating func due(at now: Int64) -> [ClientRequest] {
        guard !repairs.isEmpty else { return [] }
        repairs = repairs.filter { !$0.value.isHealed || now < $0.value.nextTry + Self.healedMilliseconds }
        let late = repairs.filter { !$0.value.isHealed && $0.value.nextTry <= now }.keys.sorted()
        var requests: [ClientRequest] = []
        for topic in late {
            postpone(topic, at: now)
            requests += renew(topic)
        }
        return requests
    }

    private mutating func postpone(_ topic: StreamTopic, at now: Int64) {
        let delay = repairs[topic].map { min($0.delay * 2, delayMax) } ?? delayFirst
        repairs[topic] = Repair(nextTry: now + delay, delay: delay)
    }

    /// Subscribing anew is what makes the exchange send a snapshot.
    private mutating func renew(_ topic: StreamTopic) -> [ClientRequest] {
        [.unsubscribe(topics: [topic], requestID: String(number()))] + subscribe([topic])
    }

    private mutating func number() -> UInt64 {
        lastRequest += 1
        return lastRequest
    }
}
