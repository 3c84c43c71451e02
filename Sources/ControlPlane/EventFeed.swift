import Contracts
import Synchronization

/// Carries events from the kernel to the control server, bounded: the kernel never waits for a reader.
package final class EventFeed: Sendable {
    /// What the server takes at once.
    struct Delivery: Sendable {
        var events: [AnyEvent] = []
        /// Numbers of the first and last event that did not fit, before `events`.
        var lost: ClosedRange<UInt64>?
        var sequence: UInt64 = 0
    }

    private struct State {
        var delivery = Delivery()
        var isAnnounced = false
        var announce: (@Sendable () -> Void)?
    }

    /// Beyond this many waiting events the oldest are dropped and a gap is reported to the subscribers.
    package let waitingCountMax: Int
    private let state = Mutex(State())
    /// One bit a topic that somebody has subscribed to.
    private let wanted = Atomic<UInt64>(0)

    package init(waitingCountMax: Int = 16_384) {
        precondition(Topic.allCases.count <= 64, "the wanted topics are one word of bits")
        self.waitingCountMax = waitingCountMax
    }

    func wants(_ topic: Topic) -> Bool {
        topic == .controlOutcome || wanted.load(ordering: .relaxed) & (1 << UInt64(topic.index)) != 0
    }

    func setWanted(_ topics: some Sequence<Topic>) {
        wanted.store(topics.reduce(0) { $0 | 1 << UInt64($1.index) }, ordering: .relaxed)
    }

    /// Has `announce` called, once, whenever something is there to be taken.
    func onDelivery(_ announce: @escaping @Sendable () -> Void) {
        state.withLock { $0.announce = announce }
    }

    func push(_ batch: inout [AnyEvent], sequence: UInt64) {
        let announce = state.withLock { state -> (@Sendable () -> Void)? in
            state.delivery.sequence = sequence
            guard !batch.isEmpty else { return nil }
            state.delivery.events.append(contentsOf: batch)
            let excess = state.delivery.events.count - waitingCountMax
            if excess > 0 {
                let first = state.delivery.lost?.lowerBound ?? state.delivery.events[0].meta.seq
                state.delivery.lost = first...state.delivery.events[excess - 1].meta.seq
                // An outcome is somebody's answer: it stays.
                let answers = state.delivery.events[..<excess].filter { $0.topic == .controlOutcome }
                state.delivery.events.replaceSubrange(..<excess, with: answers)
            }
            guard !state.isAnnounced else { return nil }
            state.isAnnounced = true
            return state.announce
        }
        batch.removeAll(keepingCapacity: true)
        announce?()
    }

    func take() -> Delivery {
        state.withLock { state in
            let taken = state.delivery
            state.delivery = Delivery(sequence: taken.sequence)
            state.isAnnounced = false
            return taken
        }
    }

    /// The newest sequence number that the kernel has settled.
    var sequence: UInt64 { state.withLock { $0.delivery.sequence } }
}
