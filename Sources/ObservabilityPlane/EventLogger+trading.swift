import Contracts
import EventKernel
import Logging
import Systemd

extension EventLogger {
    func listenToTrading(_ bus: EventBus) {
        bus.on(StrategyIntent.self, as: .logger) { event in
            self.write(
                .info,
                "strategy",
                event,
                "\(event.strategy) wants \(event.target) of \(event.instrument) at \(event.referencePrice): \(event.reason)",
                instrument: event.instrument
            )
        }
        bus.on(StrategyState.self, as: .logger) { event in
            self.write(
                event.isEnabled ? .debug : .notice,
                "strategy",
                event,
                "\(event.strategy) is \(event.phase.rawValue) on \(event.instrument)\(event.isEnabled ? "" : ", disabled"): \(event.why)",
                instrument: event.instrument
            )
        }
        bus.on(StrategyOverrun.self, as: .logger) { event in
            self.write(
                .warning,
                "strategy",
                event,
                "\(event.strategy) took \(event.elapsedMicroseconds) us to decide, its budget is \(event.budgetMicroseconds) us",
                instrument: event.instrument
            )
        }
        bus.on(ScenarioEnabled.self, as: .logger) { event in
            self.write(
                .notice,
                "strategy",
                event,
                "scenario \(event.scenario) v\(event.version) enabled: \(event.why)"
            )
        }
        bus.on(ScenarioDisabled.self, as: .logger) { event in
            self.write(.notice, "strategy", event, "scenario \(event.scenario) disabled: \(event.why)")
        }
        bus.on(ApprovedIntent.self, as: .logger) { event in
            self.write(
                .info,
                "risk",
                event,
                "approved \(event.targetQuantity) of \(event.instrument) for \(event.strategy)\(event.isShrunk ? ", shrunk" : "")",
                instrument: event.instrument
            )
        }
        bus.on(RejectedIntent.self, as: .logger) { event in
            self.write(
                .info,
                "risk",
                event,
                "rejected by \(event.failed.check.rawValue): \(event.reason) (value \(event.failed.value), limit \(event.failed.limit))",
                instrument: event.instrument
            )
        }
        bus.on(RiskState.self, as: .logger) { event in self.note(copy event) }
        bus.on(VenueReport.self, as: .logger) { event in
            self.write(
                .debug,
                "execution",
                event,
                "\(event.venue) says of \(event.orderID?.description ?? event.instrument.description): \(event.kind)",
                instrument: event.instrument,
                order: event.orderID
            )
        }
        bus.on(ReconciliationReport.self, as: .logger) { event in
            self.write(
                event.isClean ? .info : .error,
                "execution",
                event,
                event.isClean
                    ? "reconciled with \(event.venue)"
                    : "\(event.differences.count) differences with \(event.venue)",
                id: event.isClean ? nil : .reconDifference
            )
        }
        bus.on(OrderEvent.self, as: .logger) { event in self.note(copy event) }
        bus.on(PositionUpdate.self, as: .logger) { event in
            // Marking a position anew happens every second; only what a fill changed has a correlation.
            self.write(
                event.meta.correlationID == nil ? .trace : .info,
                "portfolio",
                event,
                "position \(event.instrument) \(event.quantity) at \(event.entryPrice.map(\.description) ?? "-"), realised \(event.realisedProfit)",
                instrument: event.instrument
            )
        }
        bus.on(AccountUpdate.self, as: .logger) { event in
            self.write(.trace, "portfolio", event, "equity \(event.equity)")
        }
    }

    private func note(_ event: OrderEvent) {
        let what: String
        if let fill = event.fill {
            what = "filled \(fill.quantity) at \(fill.price), fee \(fill.fee)"
        } else {
            what = event.state.rawValue + (event.reason.map { ": \($0)" } ?? "")
        }
        write(
            .info,
            "execution",
            event,
            "\(event.side.rawValue) \(event.quantity) \(event.instrument) \(what)",
            instrument: event.instrument,
            order: event.orderID
        )
    }

    /// A halt is told when it begins and when it ends; the figures that change meanwhile are for a closer look.
    private func note(_ state: RiskState) {
        let kinds = Set(state.halts.map(\.kind))
        defer { toldHalts = kinds }
        let halted = state.isHalted ? "halted: \(state.haltReason ?? "no reason given")" : "open"
        let text = "\(halted), gross \(state.grossNotional)"
        if kinds == toldHalts {
            write(.debug, "risk", state, text)
        } else if kinds == [.noAccount] {
            // So begins every start, until the account has been told.
            write(.notice, "risk", state, text)
        } else if state.isHalted {
            write(.critical, "risk", state, text, id: .limitHit)
        } else {
            write(.notice, "risk", state, text)
        }
    }
}
