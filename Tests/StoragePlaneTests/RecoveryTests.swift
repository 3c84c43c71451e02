import Contracts
import Dispatch
import EventKernel
import StoragePlane
import TestKit
import Testing

/// Runs a test's kernel on a queue of its own.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "kernel")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}

@Suite struct `Kept state` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private func snapshot(_ part: StatefulPart, _ body: String, version: Int = 1) -> AnyEvent {
        StateSnapshot(meta: Samples.meta(.system), part: part, version: version, body: body).erased
    }

    /// Runs a kernel with a StateStore until the recovery has ended; what it heard of it.
    private func recover() async throws -> [StateRecovery.Step] {
        let (steps, said) = AsyncStream.makeStream(of: StateRecovery.Step.self)
        let clock = ManualClock()
        let path = scratch.journal
        let host = KernelHost(on: QueueExecutor()) { kernel, inlet in
            _ = StateStore(recovery: SnapshotRecovery(path: path, inlet: inlet, clock: clock), kernel: kernel)
            kernel.bus.on(StateRecovery.self, as: .orchestrator) { event in
                let (step, source) = (event.step, event.meta.source)
                if step != .requested { #expect(source == .storage) }
                said.yield(step)
            }
        }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await host.run() }
            host.inlet.post(
                StateRecovery(meta: EventMeta(source: .system, ts: clock.now), step: .requested).erased
            )
            var heard: [StateRecovery.Step] = []
            for await step in steps {
                heard.append(step)
                switch step {
                case .done, .failed: host.inlet.close()
                default: continue
                }
                break
            }
            return heard
        }
    }

    @Test func `comes back with the newest of each part`() async throws {
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(
            numbered([
                snapshot(.orchestrator, #"{"paused":false}"#), snapshot(.portfolio, #"{"n":1}"#),
                snapshot(.orchestrator, #"{"paused":true}"#),
            ])
        )
        try writer.close()
        #expect(
            try await recover() == [
                .requested,
                .restored(part: .orchestrator, version: 1, body: #"{"paused":true}"#, asOf: 3),
                .restored(part: .portfolio, version: 1, body: #"{"n":1}"#, asOf: 2),
                .done(parts: 2),
            ]
        )
    }

    @Test func `passes a damaged snapshot over for the one before it`() async throws {
        let writer = try JournalWriter(path: scratch.journal)
        writer.append(numbered([snapshot(.portfolio, #"{"n":1}"#), snapshot(.portfolio, #"{"n":"#)]))
        try writer.close()
        #expect(
            try await recover() == [
                .requested, .restored(part: .portfolio, version: 1, body: #"{"n":1}"#, asOf: 1),
                .done(parts: 1),
            ]
        )
    }

    @Test func `is empty in a new journal`() async throws {
        try JournalWriter(path: scratch.journal).close()
        #expect(try await recover() == [.requested, .done(parts: 0)])
    }

    @Test func `says why it cannot be read`() async throws {
        let steps = try await recover()
        guard case .failed(let why) = try #require(steps.last) else {
            Issue.record("no failure: \(steps)")
            return
        }
        #expect(why.contains("journal.open"))
    }
}

@Suite struct `Event journal` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test func `writes root and derived events of a kernel when it settles`() throws {
        // Given
        let writer = try JournalWriter(path: scratch.journal)
        let kernel = Kernel()
        kernel.bus.resume(after: writer.head)
        _ = EventJournal(writer: writer, kernel: kernel)
        kernel.bus.on(FeatureSet.self, as: .featureRecorder) { [unowned kernel] features in
            kernel.bus.publish(FeatureVectorRecorded(recording: copy features))
        }
        // When
        kernel.ingest(Samples.features)
        kernel.settle()
        try writer.close()
        // Then
        let rows = try JournalReader(path: scratch.journal).rows(in: 1...10)
        #expect(rows.map(\.sequence) == [1, 2])
        #expect(rows.map(\.isRoot) == [true, false])
        #expect(rows.map(\.source) == ["analytics", "research"])
    }

    @Test func `hands a long chain over before the kernel settles`() throws {
        let writer = try JournalWriter(path: scratch.journal)
        let kernel = Kernel()
        _ = EventJournal(writer: writer, kernel: kernel)
        for index in 0..<EventJournal.batchLimitEvents {
            kernel.ingest(ClockEvent(meta: EventMeta(source: .system, ts: Int64(index))))
        }
        try writer.flush()
        #expect(writer.status.head == UInt64(EventJournal.batchLimitEvents))
        try writer.close()
    }
}
