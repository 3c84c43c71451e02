import Contracts
import EventKernel

/// Tells those outside the kernel how the lifecycle moves: the service manager, and whoever waits for the end.
final class LifecycleFeed {
    /// More states than ever wait: each is a change of the lifecycle or of a connection.
    static let waitingCountMax = 256

    init(_ continuation: AsyncStream<ControlState>.Continuation, kernel: Kernel) {
        kernel.bus.on(ControlState.self, as: .serviceReporter) { state in
            continuation.yield(copy state)
            if state.lifecycle == .stopped { continuation.finish() }
        }
    }
}
