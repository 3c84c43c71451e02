import Synchronization
import Testing

/// So many worlds at once and no more: with too many on a small machine the watchdogs would bite by themselves.
final class FaultSlots: Sendable {
    static let worlds = FaultSlots(count: 8)

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) { state = Mutex(State(free: count)) }

    func take() async {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if goesOn { continuation.resume() }
        }
    }

    func giveBack() {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().resume() }
            state.free += 1
        }
    }
}

/// Lets a test begin only when a place for its world is free.
struct OneWorldEach: TestTrait, SuiteTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await FaultSlots.worlds.take()
        defer { FaultSlots.worlds.giveBack() }
        try await function()
    }
}

extension Trait where Self == OneWorldEach {
    static var oneWorldEach: Self { OneWorldEach() }
}
