internal import Contracts

extension Samples {
    private static let actor = Actor(uid: 1000, gid: 1000, pid: 4242, role: .admin, name: "o\"p\\\n\u{1F}é𝄞")
    private static let command = ControlCommand(
        meta: meta(.cli, .command(CommandKey(high: 0x0123_4567_89AB_CDEF, low: .max))),
        command: .logsLevel(.debug),
        actor: actor,
        reason: "tab\there"
    )

    static var controlCommand: [AnyEvent] {
        [
            command.erased, ControlCommand(meta: meta(.cli), command: .pause, actor: actor).erased,
            ControlCommand(meta: meta(.cli), command: .resume, actor: actor).erased,
            ControlCommand(meta: meta(.cli), command: .stop, actor: actor).erased,
            ControlCommand(meta: meta(.cli), command: .logs(isOn: false), actor: actor).erased,
            ControlCommand(meta: meta(.cli), command: .strategyEnable(StrategyID("a")), actor: actor).erased,
            ControlCommand(meta: meta(.cli), command: .strategyDisable(StrategyID("a")), actor: actor).erased,
            ControlCommand(
                meta: meta(.cli),
                command: .strategySet(StrategyID("a"), key: "notional", value: "250"),
                actor: actor
            ).erased, ControlCommand(meta: meta(.cli), command: .riskReset, actor: actor).erased,
        ]
    }

    static var controlOutcome: [AnyEvent] {
        [
            CommandOutcome(
                answering: command,
                isAccepted: false,
                changed: false,
                code: "gate.paused",
                message: "no"
            ).erased
        ]
    }

    static var controlState: [AnyEvent] {
        [
            ControlState(
                meta: meta(.system),
                lifecycle: .running,
                isPaused: false,
                mode: .paper,
                since: time,
                connections: [ConnectionHealth(id: "public-linear", state: .connected, since: time)],
                lastError: "late"
            ).erased
        ]
    }

    static var controlConfig: [AnyEvent] {
        [
            ConfigApplied(
                meta: meta(.system),
                oldHash: "99ff",
                newHash: "ab12",
                changedKeys: ["risk.max"],
                keysAwaitingRestart: ["daemon.instance"]
            ).erased
        ]
    }

    static var controlRollbackModel: [AnyEvent] {
        [
            RollbackRequested(
                meta: meta(.research),
                scenario: StrategyID("s1"),
                fromVersion: 2,
                toVersion: 1,
                why: "drift"
            ).erased
        ]
    }
}
