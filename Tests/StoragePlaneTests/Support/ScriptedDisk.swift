import Contracts
import Dispatch
import EventKernel
import Glibc
import StoragePlane
import Synchronization

/// A disk that a test can stop, slow down and break; its time is the test's.
final class ScriptedDisk: JournalDisk {
    private struct State {
        var code: Int32 = 0
        var milliseconds: Int64 = 0
        var isHeld = false
        var syncCount = 0
    }

    let clock = ManualClock()
    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 0)
    private let reached = DispatchSemaphore(value: 0)

    var now: UnixMilliseconds { clock.now }
    var syncCount: Int { state.withLock { $0.syncCount } }

    func sync(_ descriptor: Int32) -> Int32 {
        let (isHeld, milliseconds) = state.withLock { state in
            state.syncCount += 1
            return (state.isHeld, state.milliseconds)
        }
        if isHeld {
            reached.signal()
            gate.wait()
        }
        clock.advance(milliseconds: milliseconds)
        return state.withLock { $0.code }
    }

    /// Lets the next syncs wait until `release`.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Returns when a sync waits.
    func waitUntilHeld() { reached.wait() }

    /// Lets one waiting sync end, and no other one wait.
    func release() {
        state.withLock { $0.isHeld = false }
        gate.signal()
    }

    /// Makes each sync take so long.
    func slow(milliseconds: Int64) { state.withLock { $0.milliseconds = milliseconds } }

    /// Makes each sync fail; 0 ends that.
    func fail(_ code: Int32) { state.withLock { $0.code = code } }
}

/// What a writer has said of its health, in order.
final class HealthLog: Sendable {
    private let states = Mutex<[JournalHealth]>([])
    private let told = DispatchSemaphore(value: 0)

    var all: [JournalHealth] { states.withLock { $0 } }

    func add(_ health: JournalHealth) {
        states.withLock { $0.append(health) }
        told.signal()
    }

    /// Waits for the next one that is told.
    func waitForNext() { told.wait() }
}

/// Numbers in the order in which they came, from any thread.
final class Order: Sendable {
    private let numbers = Mutex<[UInt64]>([])
    private let came = DispatchSemaphore(value: 0)

    var all: [UInt64] { numbers.withLock { $0 } }

    func add(_ number: UInt64) {
        numbers.withLock { $0.append(number) }
        came.signal()
    }

    func wait(for count: Int) { for _ in 0..<count { came.wait() } }
}
