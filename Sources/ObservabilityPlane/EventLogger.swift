import Contracts
import EventKernel
import Logging
import Systemd

/// Tells the operator's log what happened, one line for each event that matters and never one for each tick.
///
/// Every line carries PLANE, TOPIC and SEQ, and where they apply CORRELATION_ID, INSTRUMENT and ORDER_ID, so that
/// `journalctl CORRELATION_ID=…` tells an intent's way through the planes. It also answers the `logs` commands.
package final class EventLogger {
    private unowned let kernel: Kernel
    private let logger: Logger
    private let controls: LogSwitch
    private(set) var lifecycle: ControlState.Lifecycle?
    private var lastError: String?
    private var isPaused = false
    /// What trading was halted by, when that was last told.
    var toldHalts: Set<RiskHalt.Kind> = []

    /// Logs through `logger`; `controls` is the operator's hand on it.
    package init(logger: Logger, controls: LogSwitch, kernel: Kernel) {
        self.kernel = kernel
        self.logger = logger
        self.controls = controls
        listenToControl(kernel.bus)
        listenToMarket(kernel.bus)
        listenToTrading(kernel.bus)
        listenToResearch(kernel.bus)
    }

    // MARK: Writing

    func write<Payload: Event>(
        _ level: Logger.Level,
        _ plane: String,
        _ event: borrowing Payload,
        _ message: @autoclosure () -> String,
        instrument: Instrument? = nil,
        order: OrderID? = nil,
        id: MessageID? = nil
    ) {
        guard level >= controls.level else { return }
        let meta = event.meta
        var fields: Logger.Metadata = [
            "plane": .string(plane), "topic": .string(Payload.topic.rawValue),
            "seq": .stringConvertible(meta.seq),
        ]
        if let correlation = meta.correlationID { fields["correlation_id"] = .stringConvertible(correlation) }
        if let instrument { fields["instrument"] = .stringConvertible(instrument) }
        if let order { fields["order_id"] = .stringConvertible(order) }
        if let id { fields["message_id"] = .string(id.rawValue) }
        logger.log(level: level, "\(message())", metadata: fields)
    }

    // MARK: Control

    private func listenToControl(_ bus: EventBus) {
        bus.on(ControlCommand.self, as: .logger) { command in self.note(copy command) }
        bus.on(ControlState.self, as: .logger) { state in self.note(copy state) }
        bus.on(CommandOutcome.self, as: .logger) { outcome in
            self.write(
                outcome.isAccepted ? .info : .notice,
                "control",
                outcome,
                "\(outcome.command) by \(outcome.by): \(outcome.isAccepted ? "accepted" : "refused"): \(outcome.message)"
            )
        }
        bus.on(ConfigApplied.self, as: .logger) { event in
            self.write(
                .notice,
                "control",
                event,
                "configuration \(event.newHash.prefix(12)) in force",
                id: .configLoaded
            )
        }
        bus.on(RollbackRequested.self, as: .logger) { event in
            self.write(.warning, "research", event, "roll back \(event.scenario): \(event.why)")
        }
        bus.on(SnapshotRequest.self, as: .logger) { event in
            self.write(.debug, "control", event, "every part is to keep its state: \(event.why)")
        }
        bus.on(StateSnapshot.self, as: .logger) { event in
            self.write(.debug, "storage", event, "state of \(event.part.rawValue) kept")
        }
        bus.on(StateRecovery.self, as: .logger) { event in self.note(copy event) }
        bus.on(JournalCondition.self, as: .logger) { event in
            let level: Logger.Level = event.kind == .ok ? .notice : event.allowsTrading ? .warning : .critical
            self.write(level, "storage", event, event.why, id: event.kind == .full ? .diskLow : nil)
        }
        bus.on(ErrorEvent.self, as: .logger) { event in
            let level: Logger.Level =
                event.severity == .critical ? .critical : event.severity == .error ? .error : .warning
            self.write(
                level,
                event.module.rawValue,
                event,
                "\(event.what): \(event.why); \(event.next) [\(event.code)]"
            )
        }
    }

    private func note(_ command: ControlCommand) {
        let reason = command.reason.map { ": \($0)" } ?? ""
        write(.notice, "control", command, "\(command.command.name) asked by \(command.actor.name)\(reason)")
        let isDone: String
        switch command.command {
        case .pause, .resume, .stop, .strategyEnable, .strategyDisable, .strategySet, .riskReset: return
        case .logsLevel(let level):
            controls.level = Logger.Level(rawValue: level.rawValue) ?? .info
            isDone = "The log now starts at \(level.rawValue)."
        case .logs(let isOn):
            controls.isOn = isOn
            isDone = isOn ? "The log is on." : "The log is off; critical lines are still written."
        }
        kernel.bus.publish(
            CommandOutcome(answering: command, isAccepted: true, changed: true, message: isDone)
        )
    }

    private func note(_ state: ControlState) {
        defer { (lifecycle, isPaused, lastError) = (state.lifecycle, state.isPaused, state.lastError) }
        guard state.lifecycle != lifecycle else {
            if let error = state.lastError, error != lastError {
                write(.info, "control", state, "\(state.lifecycle.rawValue): \(error)")
            }
            return
        }
        let id: MessageID? =
            switch state.lifecycle {
            case .starting: .start
            case .recovering, .failed, .stopped: nil
            case .running: lifecycle == .paused ? .resumed : .ready
            case .paused: lifecycle == .running ? .paused : .ready
            case .stopping: .stopping
            }
        let detail = state.lastError.map { " (\($0))" } ?? ""
        write(.notice, "control", state, "\(state.lifecycle.rawValue)\(detail)", id: id)
    }

    private func note(_ recovery: StateRecovery) {
        switch recovery.step {
        case .requested: write(.debug, "control", recovery, "recovery requested")
        case .restored(let part, _, _, let asOf):
            write(.info, "storage", recovery, "state of \(part.rawValue) restored as of \(asOf)")
        case .ordersLost:
            write(.warning, "storage", recovery, "the work on orders begins anew: what was open is cancelled")
        case .done(let parts): write(.info, "storage", recovery, "recovery done: \(parts) parts restored")
        case .failed(let why): write(.error, "storage", recovery, "recovery failed: \(why)")
        }
    }
}
