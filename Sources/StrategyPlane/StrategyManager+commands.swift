import Contracts
import EventKernel

extension StrategyManager {
    func listenToOperators(_ bus: EventBus) {
        bus.on(ControlCommand.self, as: .strategyManager) { command in
            switch command.command {
            case .strategyEnable(let id): self.enable(id, command)
            case .strategyDisable(let id): self.disable(id, command)
            case .strategySet(let id, let key, let value):
                self.set(ParameterChange(key: key, value: value), of: id, command)
            case .pause, .resume, .stop, .logsLevel, .logs, .riskReset: break
            }
        }
        bus.on(StrategyOverrun.self, as: .strategyManager) { overrun in self.take(overrun) }
    }

    private func enable(_ id: StrategyID, _ command: borrowing ControlCommand) {
        if let entry = desks.roster.place(of: id) {
            guard !desks.roster.entries[entry].isEnabled else {
                return accept(command, changed: false, "strategy \(id) is enabled already")
            }
            desks.roster.switchOn(entry)
            forgetOverruns(of: id)
            let (strategy, options) = (
                desks.roster.entries[entry].strategy, desks.roster.entries[entry].options
            )
            for place in desks.places {
                guard let index = desks[place].place(of: id) else { continue }
                desks[place].seats[index].replace(with: strategy, options, why: Self.why("enabled", command))
                attend(place)
            }
            return accept(command, changed: true, "strategy \(id): disabled → enabled")
        }
        guard let seat = scenarioSeat(id) else { return refuseUnknown(id, command) }
        guard !seat.isEnabled else {
            return accept(command, changed: false, "scenario \(id) is enabled already")
        }
        guard !seat.isLeaving, let scenario = shelf.scenario(id, version: seat.options.version) else {
            return refuseUnknown(id, command)
        }
        enable(scenario, why: Self.why("enabled", command))
        accept(command, changed: true, "scenario \(id): disabled → enabled")
    }

    private func disable(_ id: StrategyID, _ command: borrowing ControlCommand) {
        let isEnabled: Bool
        if let entry = desks.roster.place(of: id) {
            isEnabled = desks.roster.entries[entry].isEnabled
        } else if let seat = scenarioSeat(id) {
            isEnabled = seat.isEnabled
        } else {
            return refuseUnknown(id, command)
        }
        guard isEnabled else {
            return accept(command, changed: false, "strategy \(id) is disabled already")
        }
        switchOff(id, why: Self.why("disabled", command))
        accept(command, changed: true, "strategy \(id): enabled → disabled; what it holds is closed")
    }

    private func set(
        _ change: ParameterChange,
        of id: StrategyID,
        _ command: borrowing ControlCommand
    ) {
        guard let entry = desks.roster.place(of: id) else {
            guard scenarioSeat(id) != nil else { return refuseUnknown(id, command) }
            return refuse(command, "usage.parameter", "scenario \(id) has no parameters; build a new version")
        }
        do throws(ParameterError) {
            let outcome = try desks.roster.set(entry, change)
            guard outcome.old != outcome.new else {
                return accept(command, changed: false, "\(id): \(change.key) is \(outcome.new) already")
            }
            revise(id, change, resizes: outcome.resizes)
            // A size names itself: `notional 500`.
            let name = outcome.old.hasPrefix(change.key + " ") ? "" : change.key + " "
            accept(
                command,
                changed: true,
                "\(id): \(name)\(outcome.old) → \(outcome.new), from the next bar on"
            )
        } catch {
            switch error {
            case .unknown(let known):
                let names = known.joined(separator: ", ")
                refuse(command, "usage.parameter", "\(id) has no parameter '\(change.key)'; it has \(names)")
            case .refused(let refusal): refuse(command, "usage.value", "\(change.key): \(refusal.why)")
            }
        }
    }

    /// Hands a change on to the seats that are taken.
    private func revise(_ id: StrategyID, _ change: ParameterChange, resizes: Bool) {
        for place in desks.places {
            guard let index = desks[place].place(of: id) else { continue }
            var (options, strategy) = (
                desks[place].seats[index].options, desks[place].seats[index].strategy
            )
            // A strategy that failed has no parameters left; enabled again it comes with them.
            guard (try? Roster.set(change, &options, &strategy)) != nil else { continue }
            desks[place].seats[index].options = options
            desks[place].seats[index].strategy = strategy
            desks[place].seats[index].revise(resizes: resizes)
        }
    }

    private func scenarioSeat(_ id: StrategyID) -> StrategySeat? {
        for desk in desks.all {
            if let index = desk.place(of: id) { return desk.seats[index] }
        }
        return nil
    }

    private static func why(_ what: String, _ command: borrowing ControlCommand) -> String {
        let reason = command.reason.map { ": \($0)" } ?? ""
        return "\(what) by \(command.actor.name)\(reason)"
    }

    private func accept(_ command: borrowing ControlCommand, changed: Bool, _ message: String) {
        bus.publish(
            CommandOutcome(answering: copy command, isAccepted: true, changed: changed, message: message)
        )
    }

    private func refuse(_ command: borrowing ControlCommand, _ code: String, _ message: String) {
        bus.publish(
            CommandOutcome(
                answering: copy command,
                isAccepted: false,
                changed: false,
                code: code,
                message: message
            )
        )
    }

    private func refuseUnknown(_ id: StrategyID, _ command: borrowing ControlCommand) {
        refuse(command, "not_found", "there is no strategy '\(id)'")
    }
}
