import Contracts
import EventKernel

extension StrategyManager {
    func listenToScenarios(_ bus: EventBus) {
        bus.on(ScenarioEnabled.self, as: .strategyManager) { scenario in
            guard self.desks.roster.place(of: scenario.scenario) == nil else {
                return self.fail(
                    scenario.scenario,
                    .nonsense("a scenario has the id of a configured strategy"),
                    on: scenario.instrument
                )
            }
            self.shelf.put(copy scenario)
            self.enable(copy scenario, why: scenario.why)
        }
        bus.on(ScenarioDisabled.self, as: .strategyManager) { scenario in
            self.close(scenario.scenario, why: "disabled: \(scenario.why)")
        }
        bus.on(RollbackRequested.self, as: .strategyManager) { request in
            let why = "rolled back from version \(request.fromVersion): \(request.why)"
            guard let version = request.toVersion,
                let known = self.shelf.scenario(request.scenario, version: version)
            else { return self.close(request.scenario, why: why) }
            self.enable(known, why: why)
        }
    }

    /// Seats a scenario, in the place of any other version of it.
    func enable(_ scenario: ScenarioEnabled, why: String) {
        let id = scenario.scenario
        forgetOverruns(of: id)
        close(id, why: why, exceptOn: scenario.instrument)
        let place = desks.place(of: scenario.instrument)
        let (strategy, options) = (ScenarioStrategy(scenario), ScenarioStrategy.options(scenario))
        if let index = desks[place].place(of: id) {
            desks[place].seats[index].replace(with: strategy, options, why: why)
        } else {
            desks[place].seats.append(StrategySeat(strategy, options))
        }
        attend(place)
    }

    /// Takes a scenario out; what it holds is to be closed.
    private func close(_ scenario: StrategyID, why: String, exceptOn kept: Instrument? = nil) {
        // A strategy that is configured is nobody's to take out but the operator's.
        guard desks.roster.place(of: scenario) == nil else { return }
        for place in desks.places where desks[place].instrument != kept {
            guard let index = desks[place].place(of: scenario) else { continue }
            desks[place].seats[index].isLeaving = true
            desks[place].seats[index].switchOff(why: why)
            attend(place)
            desks[place].hasLeaving = true
            desks[place].sweep(at: bus.now)
        }
    }
}
