import Contracts
import EventKernel
import Logging

extension EventLogger {
    func listenToResearch(_ bus: EventBus) {
        bus.on(MarketDriftDetected.self, as: .logger) { event in
            self.write(
                event.severity == .severe ? .warning : .notice,
                "research",
                event,
                "\(event.instrument) drift in \(event.features.joined(separator: ", ")): \(event.statistic.rawValue) \(event.value) over \(event.threshold)",
                instrument: event.instrument
            )
        }
        bus.on(NewClusterFound.self, as: .logger) { event in
            self.write(.info, "research", event, "cluster \(event.clusterID) of \(event.size) vectors")
        }
        bus.on(CandidateScenarioBuilt.self, as: .logger) { event in
            self.write(
                .info,
                "research",
                event,
                "candidate \(event.scenario) v\(event.version)",
                instrument: event.instrument
            )
        }
        bus.on(BacktestRequested.self, as: .logger) { event in
            self.write(
                .info,
                "research",
                event,
                "backtest of \(event.scenario) v\(event.version) requested",
                instrument: event.instrument
            )
        }
        bus.on(BacktestCompleted.self, as: .logger) { event in
            self.write(.info, "research", event, "backtest of \(event.scenario) v\(event.version) completed")
        }
        bus.on(ScenarioApproved.self, as: .logger) { event in
            self.write(
                .notice,
                "research",
                event,
                "scenario \(event.scenario) v\(event.version) passed every gate"
            )
        }
        bus.on(ScenarioRejected.self, as: .logger) { event in
            self.write(
                .notice,
                "research",
                event,
                "scenario \(event.scenario) v\(event.version) rejected: \(event.why)"
            )
        }
    }
}
