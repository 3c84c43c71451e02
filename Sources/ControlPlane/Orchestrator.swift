import Contracts
import EventKernel

/// The one owner of the lifecycle: boots, pauses, resumes and stops the system, by events alone.
///
/// STARTING → RECOVERING → (connect, subscribe, ready) → RUNNING ⇄ PAUSED → STOPPING → STOPPED. The boot begins with
/// the first `state:clock` event, which the host sends once every plane is listening.
package final class Orchestrator {
    private unowned let kernel: Kernel
    private let settings: OrchestratorSettings
    private var readiness: Readiness
    private var lifecycle: ControlState.Lifecycle?
    private var since: UnixMilliseconds = 0
    private var isPaused = false
    /// Whether an operator has said so in this run.
    private var isPauseCommanded = false
    private var isRecovered = false
    private var lastError: String?
    /// The last error, where it is about the feed: it is forgotten once the feed is whole again.
    private var lastFeedError: String?
    private var recoveryRetryMilliseconds: Int64

    package init(settings: OrchestratorSettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        readiness = Readiness(instruments: settings.instruments)
        recoveryRetryMilliseconds = settings.recoveryRetryMilliseconds
        listen(on: kernel.bus)
    }

    private func listen(on bus: EventBus) {
        bus.on(ClockEvent.self, as: .orchestrator) { _ in if self.lifecycle == nil { self.boot() } }
        bus.on(ControlCommand.self, as: .orchestrator) { command in self.act(on: copy command) }
        bus.on(StateRecovery.self, as: .orchestrator) { recovery in try self.recover(copy recovery) }
        bus.on(MarketConnected.self, as: .orchestrator) { event in
            self.noteConnection(event.connectionID, .connected)
        }
        bus.on(MarketDisconnected.self, as: .orchestrator) { event in self.noteDisconnected(copy event) }
        bus.on(MarketErrorEvent.self, as: .orchestrator) { event in
            self.noteFeedError("\(event.what): \(event.why)")
        }
        bus.on(InstrumentSpec.self, as: .orchestrator) { spec in
            self.readiness.note(spec)
            self.runIfReady()
        }
        bus.on(FeedHealth.self, as: .orchestrator) { health in
            self.readiness.note(health)
            self.runIfReady()
        }
        bus.on(ErrorEvent.self, as: .orchestrator) { error in
            if error.severity != .warning { self.lastError = "\(error.what): \(error.why)" }
        }
        bus.on(RollbackRequested.self, as: .orchestrator) { rollback in
            self.lastError = "research rolled back \(rollback.scenario): \(rollback.why)"
            self.publishState()
        }
        bus.on(ReconciliationReport.self, as: .orchestrator) { report in
            guard !report.isClean else { return }
            self.lastError =
                "\(report.venue): \(report.differences.count) differences between our books and the venue's"
            self.publishState()
        }
        bus.on(ScenarioApproved.self, as: .orchestrator) { _ in self.publishState() }
        bus.on(ScenarioRejected.self, as: .orchestrator) { _ in self.publishState() }
    }

    // MARK: Boot

    private func boot() {
        move(to: .starting)
        kernel.bus.publish(
            ConfigApplied(meta: EventMeta(source: .system), oldHash: nil, newHash: settings.configurationHash)
        )
        move(to: .recovering)
        requestRecovery()
        kernel.every(milliseconds: settings.readinessMilliseconds, as: .orchestrator) {
            guard self.lifecycle == .recovering, let missing = self.readiness.missing else { return }
            self.lastError = missing
            self.publishState()
        }
        kernel.every(milliseconds: settings.snapshotMilliseconds, as: .orchestrator) {
            guard self.lifecycle == .running || self.lifecycle == .paused else { return }
            self.requestSnapshots(why: "the interval has passed")
        }
    }

    private func requestRecovery() {
        kernel.bus.publish(StateRecovery(meta: EventMeta(source: .system), step: .requested))
    }

    private func recover(_ recovery: StateRecovery) throws {
        switch recovery.step {
        case .requested, .ordersLost: break
        case .restored(let part, let version, let body, _):
            guard part == .orchestrator else { return }
            // What was commanded since the start is newer than what was kept.
            guard !isPauseCommanded else { return }
            isPaused = true  // what can't be read must not trade: a throw leaves it so
            isPaused = try OrchestratorState(version: version, body: body).isPaused
        case .done:
            guard lifecycle == .recovering else { return }
            isRecovered = true
            // The set that the next start goes on from, should this be all that it finds.
            requestSnapshots(why: "the state is recovered")
            connect()
        case .failed(let why):
            guard lifecycle == .recovering else { return }
            lastError = "recovery failed: \(why)"
            publishState()
            kernel.after(milliseconds: recoveryRetryMilliseconds, as: .orchestrator) {
                if self.lifecycle == .recovering { self.requestRecovery() }
            }
            recoveryRetryMilliseconds = min(
                recoveryRetryMilliseconds * 2,
                settings.recoveryRetryMillisecondsMax
            )
        }
    }

    private func connect() {
        for category in settings.categories {
            kernel.bus.publish(
                MarketConnectRequest(
                    meta: EventMeta(source: .system),
                    venue: settings.venue,
                    category: category
                )
            )
        }
        for subscription in settings.subscriptions {
            kernel.bus.publish(
                MarketSubscribeRequest(
                    meta: EventMeta(source: .system),
                    instruments: subscription.instruments,
                    streams: subscription.streams
                )
            )
        }
    }

    private func runIfReady() {
        guard readiness.isComplete else { return }
        guard lifecycle == .recovering else {
            // What was wrong with the feed is over.
            guard lastFeedError != nil, lastError == lastFeedError else { return }
            (lastError, lastFeedError) = (nil, nil)
            return publishState()
        }
        lastError = nil
        move(to: isPaused ? .paused : .running)
    }

    // MARK: Commands

    private func act(on command: ControlCommand) {
        switch command.command {
        case .pause: setPaused(true, by: command)
        case .resume: setPaused(false, by: command)
        case .stop: stop(by: command)
        case .logsLevel, .logs: break  // observability answers these
        case .strategyEnable, .strategyDisable, .strategySet: break  // strategy does
        case .riskReset: break  // risk does
        }
    }

    private func setPaused(_ paused: Bool, by command: ControlCommand) {
        guard lifecycle != .stopping, lifecycle != .stopped else {
            return answer(
                command,
                accepted: false,
                changed: false,
                code: "gate.stopping",
                "The daemon is stopping."
            )
        }
        let changed = paused != isPaused
        // Kept even where nothing changes: the kept state may be restored after this.
        if changed || !isRecovered {
            (isPaused, isPauseCommanded) = (paused, true)
            keep()
            if lifecycle == .running || lifecycle == .paused {
                move(to: paused ? .paused : .running)
            } else {
                publishState()
            }
        }
        // Everything that could place an order has heard the state before this answer is numbered.
        answer(
            command,
            accepted: true,
            changed: changed,
            paused
                ? (changed ? "Paused: no new order will be sent after this number." : "Already paused.")
                : (changed ? "Resumed: approved intents are traded again." : "Was not paused.")
        )
    }

    private func stop(by command: ControlCommand) {
        if lifecycle == .stopping {
            answer(command, accepted: true, changed: true, "Stopping at once.")
            return finishStop(because: "a second stop request")
        }
        guard lifecycle != .stopped else {
            return answer(command, accepted: true, changed: false, "Already stopped.")
        }
        answer(
            command,
            accepted: true,
            changed: true,
            "Stopping: no new intents, then the market connections close."
        )
        let wasConnected = readiness.isConnected
        move(to: .stopping)
        // Before the recovery the parts know less than what is kept of them.
        if isRecovered { requestSnapshots(why: "the daemon stops") }
        disconnect(wasConnected, why: command.reason ?? "stop requested")
    }

    private func disconnect(_ wasConnected: Bool, why: String) {
        kernel.bus.publish(
            MarketDisconnectRequest(meta: EventMeta(source: .system), why: why)
        )
        guard wasConnected else { return finishStop(because: nil) }
        kernel.after(milliseconds: settings.disconnectMilliseconds, as: .orchestrator) {
            self.finishStop(because: "the market connections did not close in time")
        }
    }

    private func finishStop(because trouble: String?) {
        guard lifecycle == .stopping else { return }
        if let trouble { lastError = trouble }
        move(to: .stopped)
    }

    private func answer(
        _ command: ControlCommand,
        accepted: Bool,
        changed: Bool,
        code: String? = nil,
        _ message: String
    ) {
        kernel.bus.publish(
            CommandOutcome(
                answering: command,
                isAccepted: accepted,
                changed: changed,
                code: code,
                message: message
            )
        )
    }

    // MARK: State

    private func noteConnection(_ id: String, _ state: ConnectionHealth.State) {
        readiness.note(id, state, at: kernel.now)
        publishState()
        runIfReady()
    }

    private func noteDisconnected(_ event: MarketDisconnected) {
        if event.reason != .requested { noteFeedError("\(event.connectionID): \(event.detail)") }
        noteConnection(event.connectionID, .disconnected)
        if lifecycle == .stopping, !readiness.isConnected { finishStop(because: nil) }
    }

    private func noteFeedError(_ text: String) { (lastError, lastFeedError) = (text, text) }

    private func move(to next: ControlState.Lifecycle) {
        lifecycle = next
        since = kernel.now
        publishState()
    }

    private func publishState() {
        guard let lifecycle else { return }
        kernel.bus.publish(
            ControlState(
                meta: EventMeta(source: .system),
                lifecycle: lifecycle,
                isPaused: isPaused,
                mode: settings.mode,
                since: since,
                connections: readiness.connections,
                lastError: lastError
            )
        )
    }

    /// Has every part keep its state, as of this one request; the Orchestrator's own goes with it.
    ///
    /// The state is told too: whoever goes on from the set has to know what was allowed then.
    private func requestSnapshots(why: String) {
        let meta = EventMeta(source: .system, correlationID: .snapshot(kernel.bus.nextSequence))
        kernel.bus.publish(SnapshotRequest(meta: meta, why: why))
        keep(meta)
        publishState()
    }

    private func keep(_ meta: EventMeta = EventMeta(source: .system)) {
        kernel.bus.publish(
            StateSnapshot(
                meta: meta,
                part: .orchestrator,
                version: OrchestratorState.version,
                body: OrchestratorState(isPaused: isPaused).body
            )
        )
    }
}
