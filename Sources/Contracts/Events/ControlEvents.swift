/// What an operator asks for.
///
/// - Topic: `control:command`; published by the control bridge alone, acted on by the Orchestrator and others.
/// - Order: its `correlationId` is the client's key; a `control:outcome` with the same one answers it.
package struct ControlCommand: Hashable, Codable, Sendable {
    /// The commands, with their parameters.
    package enum Command: Hashable, Codable, Sendable {
        /// No order is placed, amended or cancelled by the machine from here on; watching goes on.
        case pause
        /// Ends a pause.
        case resume
        /// Ends the daemon in order.
        case stop
        /// Sets the least level that is logged.
        case logsLevel(LogLevel)
        /// Turns logging on or off.
        case logs(isOn: Bool)
        /// Lets a strategy decide again.
        case strategyEnable(StrategyID)
        /// Ends a strategy's decisions; what it holds is closed.
        case strategyDisable(StrategyID)
        /// Changes one parameter of a running strategy.
        case strategySet(StrategyID, key: String, value: String)
        /// Ends a halt of risk.
        case riskReset
    }

    package var meta: EventMeta
    package let command: Command
    package let actor: Actor
    package let reason: String?

    package init(meta: EventMeta, command: Command, actor: Actor, reason: String? = nil) {
        self.meta = meta
        self.command = command
        self.actor = actor
        self.reason = reason
    }
}

extension ControlCommand.Command {
    /// The command's word on the wire.
    package var name: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .stop: "stop"
        case .logsLevel: "logs_level"
        case .logs(let isOn): isOn ? "logs_on" : "logs_off"
        case .strategyEnable: "strategy_enable"
        case .strategyDisable: "strategy_disable"
        case .strategySet: "strategy_set"
        case .riskReset: "risk_reset"
        }
    }
}

/// How much is logged, from most to least.
package enum LogLevel: String, Hashable, Codable, Sendable, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
}

/// Who speaks on the control socket, as the kernel of the operating system vouches for it.
package struct Actor: Hashable, Codable, Sendable {
    /// What the actor may do; each includes the ones before it.
    package enum Role: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
        case view, op, admin

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
        private var rank: Int { self == .view ? 0 : self == .op ? 1 : 2 }
    }

    package let uid: UInt32
    package let gid: UInt32
    package let pid: Int32
    package let role: Role
    package let name: String

    package init(uid: UInt32, gid: UInt32, pid: Int32, role: Role, name: String) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
        self.role = role
        self.name = name
    }
}

/// The answer to one command.
///
/// - Topic: `control:outcome`; published by whoever acted, with the command's `correlationId`.
package struct CommandOutcome: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let command: String
    /// The name of the actor that is answered.
    package let by: String
    package let isAccepted: Bool
    /// Whether anything is different now: false when a pause finds the machine paused.
    package let changed: Bool
    /// A stable dotted code where refused, as in botctl(1).
    package let code: String?
    package let message: String

    /// Answers `command`.
    package init(
        answering command: ControlCommand,
        isAccepted: Bool,
        changed: Bool,
        code: String? = nil,
        message: String
    ) {
        self.meta = command.meta.answered(by: .system)
        self.command = command.command.name
        self.by = command.actor.name
        self.isAccepted = isAccepted
        self.changed = changed
        self.code = code
        self.message = message
    }
}

/// Where the system stands.
///
/// - Topic: `control:state`; published by the Orchestrator alone, heard by all.
package struct ControlState: Hashable, Codable, Sendable {
    /// The stations of a run; only the Orchestrator moves between them.
    package enum Lifecycle: String, Hashable, Codable, Sendable, CaseIterable {
        case starting = "STARTING"
        case recovering = "RECOVERING"
        case running = "RUNNING"
        case paused = "PAUSED"
        case stopping = "STOPPING"
        case stopped = "STOPPED"
        case failed = "FAILED"
    }

    package var meta: EventMeta
    package let lifecycle: Lifecycle
    /// The operator's flag, apart from the lifecycle: set while starting, it makes PAUSED of RUNNING.
    package let isPaused: Bool
    package let mode: TradingMode
    package let since: UnixMilliseconds
    package let connections: [ConnectionHealth]
    package let lastError: String?

    package init(
        meta: EventMeta,
        lifecycle: Lifecycle,
        isPaused: Bool,
        mode: TradingMode,
        since: UnixMilliseconds,
        connections: [ConnectionHealth] = [],
        lastError: String? = nil
    ) {
        self.meta = meta
        self.lifecycle = lifecycle
        self.isPaused = isPaused
        self.mode = mode
        self.since = since
        self.connections = connections
        self.lastError = lastError
    }

    /// Whether the machine may place, amend and cancel orders.
    package var allowsTrading: Bool { lifecycle == .running && !isPaused }

    private enum CodingKeys: String, CodingKey {
        case meta, lifecycle, mode, since, connections, lastError
        case isPaused = "paused"
    }
}

/// What is wired behind the venue.
package enum TradingMode: String, Hashable, Codable, Sendable, CaseIterable {
    case paper, live, replay, backtest
}

/// One exchange connection's state.
package struct ConnectionHealth: Hashable, Codable, Sendable {
    package enum State: String, Hashable, Codable, Sendable { case connecting, connected, disconnected }

    package let id: String
    package let state: State
    package let since: UnixMilliseconds

    package init(id: String, state: State, since: UnixMilliseconds) {
        self.id = id
        self.state = state
        self.since = since
    }
}

/// Which configuration is in force.
///
/// - Topic: `control:config`; published by the Orchestrator at the start and after each reload.
package struct ConfigApplied: Hashable, Codable, Sendable {
    package var meta: EventMeta
    /// SHA-256 in hexadecimal; nil at the start.
    package let oldHash: String?
    package let newHash: String
    package let changedKeys: [String]
    package let keysAwaitingRestart: [String]

    package init(
        meta: EventMeta,
        oldHash: String?,
        newHash: String,
        changedKeys: [String] = [],
        keysAwaitingRestart: [String] = []
    ) {
        self.meta = meta
        self.oldHash = oldHash
        self.newHash = newHash
        self.changedKeys = changedKeys
        self.keysAwaitingRestart = keysAwaitingRestart
    }
}

/// The kill switch of the research contour: a scenario goes back to an earlier version, or off.
///
/// - Topic: `control:rollbackModel`; published by Research, honoured by the StrategyManager.
package struct RollbackRequested: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let scenario: StrategyID
    package let fromVersion: Int
    /// The version to go back to; nil turns the scenario off.
    package let toVersion: Int?
    package let why: String

    package init(meta: EventMeta, scenario: StrategyID, fromVersion: Int, toVersion: Int?, why: String) {
        self.meta = meta
        self.scenario = scenario
        self.fromVersion = fromVersion
        self.toVersion = toVersion
        self.why = why
    }
}
