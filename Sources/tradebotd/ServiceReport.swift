import Contracts
import Glibc
import Systemd

/// Tells systemd how the run goes: ready at RUNNING, or at PAUSED when it comes back paused.
struct ServiceReport {
    /// Asked for anew while the exchange does not answer, so that a slow start is no failed start.
    static let startExtension = Duration.seconds(60)

    let notifier: ServiceNotifier
    let instance: String

    func follow(_ lifecycle: AsyncStream<ControlState>, then end: () -> Void) async {
        var isReady = false
        for await state in lifecycle {
            let status = text(state)
            switch state.lifecycle {
            case .starting, .recovering:
                notifier.extendTimeout(by: Self.startExtension)
                notifier.status(status)
            case .running, .paused:
                if isReady { notifier.status(status) } else { notifier.ready(status: status) }
                isReady = true
            case .stopping: notifier.stopping(status: status)
            case .stopped, .failed: notifier.status(status)
            }
        }
        end()
    }

    private func text(_ state: ControlState) -> String {
        let connections = state.connections.map { "\($0.id) \($0.state.rawValue)" }.joined(separator: ", ")
        let detail = [connections, state.lastError ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
        return
            "\(instance) \(state.lifecycle.rawValue) \(state.mode.rawValue)\(detail.isEmpty ? "" : ": \(detail)")"
    }
}
