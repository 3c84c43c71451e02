import Contracts
import Dispatch
import EventKernel
import Synchronization

/// Runs the drift detector and the outcome engine off the kernel, on a queue of its own.
///
/// - Order: vectors in the order of their events, results in the order of the vectors: the same vectors always give
///   the same results.
/// - Errors: a full queue drops its oldest vector and counts it; research is late rather than in the way.
package final class ResearchWorker: Sendable {
    private struct Engines {
        var drift: DriftDetector
        var outcomes: OutcomeEngine
    }

    private struct State {
        var waiting: [FeatureVectorRecorded] = []
        var status = ResearchStatus()
        var isScheduled = false
    }

    private let post: @Sendable (AnyEvent) -> Bool
    private let clock: any HostClock
    private let queueLimitVectors: Int
    private let queue = DispatchQueue(label: "research", qos: .utility)
    private let engines: Mutex<Engines>
    private let state = Mutex(State())

    /// Posts results through `inlet`, as root events.
    package convenience init(settings: ResearchSettings, inlet: Inlet, clock: any HostClock) {
        self.init(settings: settings, clock: clock) { event in inlet.post(event) }
    }

    /// Posts results through `post`, which says whether it took them.
    package init(
        settings: ResearchSettings,
        clock: any HostClock,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        self.post = post
        self.clock = clock
        queueLimitVectors = settings.queueLimitVectors
        engines = Mutex(
            Engines(
                drift: DriftDetector(settings: settings.drift),
                outcomes: OutcomeEngine(settings: settings.outcomes)
            )
        )
    }

    package var status: ResearchStatus { state.withLock { $0.status } }

    /// Takes one vector and returns at once.
    package func take(_ vector: FeatureVectorRecorded) {
        let mustSchedule = state.withLock { state in
            if state.waiting.count >= queueLimitVectors {
                state.waiting.removeFirst()
                state.status.droppedCount += 1
            }
            state.waiting.append(vector)
            state.status.queuedCount = state.waiting.count
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { queue.async { self.drain() } }
    }

    /// Waits until all that was taken has been worked through.
    package func finish() { queue.sync {} }

    private func drain() {
        while let batch = takeBatch() {
            for vector in batch { work(on: vector) }
        }
    }

    private func takeBatch() -> [FeatureVectorRecorded]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isScheduled = false
                return nil
            }
            defer {
                state.waiting = []
                state.status.queuedCount = 0
            }
            return state.waiting
        }
    }

    private func work(on vector: FeatureVectorRecorded) {
        let (findings, outcomes, abandoned) = engines.withLock { engines in
            (engines.drift.take(vector), engines.outcomes.take(vector), engines.outcomes.abandonedCount)
        }
        let meta = EventMeta(source: .research, ts: clock.now)
        let results = findings.map { $0.event(meta).erased } + outcomes.map { $0.event(meta).erased }
        let refused = results.count { !post($0) }
        state.withLock { state in
            state.status.vectorCount += 1
            state.status.driftCount += findings.count
            state.status.outcomeCount += outcomes.count
            state.status.refusedCount += refused
            state.status.abandonedCount = abandoned
        }
    }
}
