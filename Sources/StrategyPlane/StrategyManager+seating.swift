import Contracts
import EventKernel

/// How often a strategy overran its time budget since it was enabled.
struct OverrunTally: Codable {
    let strategy: StrategyID
    var count: Int
}

extension StrategyManager {
    /// Disables a strategy for what it did; what it holds is closed, and the others go on.
    func fail(_ id: StrategyID, _ failure: SeatFailure, on instrument: Instrument) {
        bus.publish(
            ErrorEvent(
                meta: EventMeta(source: .strategy),
                module: .strategyManager,
                severity: .error,
                code: failure.code,
                what: "strategy \(id) was disabled",
                why: "on \(instrument): \(failure.why)",
                next: "what it holds is closed; mend it, then enable it again"
            )
        )
        for place in desks.places {
            guard let index = desks[place].place(of: id) else { continue }
            desks[place].seats[index].failure = nil
            // What failed once is not asked again, nor kept.
            desks[place].seats[index].strategy = RetiredStrategy()
        }
        switchOff(id, why: "\(failure.code): \(failure.why)", leaving: instrument)
    }

    /// Ends a strategy's decisions everywhere; what it holds is closed.
    ///
    /// - Parameters:
    ///   - id: The strategy.
    ///   - why: In words.
    ///   - left: The instrument that is attended to anyway.
    func switchOff(_ id: StrategyID, why: String, leaving left: Instrument? = nil) {
        if let entry = desks.roster.place(of: id) { desks.roster.switchOff(entry, why: why) }
        for place in desks.places {
            guard let index = desks[place].place(of: id) else { continue }
            desks[place].seats[index].switchOff(why: why)
            if desks[place].instrument != left { attend(place) }
        }
    }

    /// Counts an overrun; with too many of them a strategy is disabled.
    func take(_ overrun: borrowing StrategyOverrun) {
        let id = overrun.strategy
        let isRunning = desks.all.contains { desk in
            desk.place(of: id).map { desk.seats[$0].isEnabled } == true
        }
        guard isRunning else { return }
        let tally = overruns.firstIndex { $0.strategy == id } ?? overruns.count
        if tally == overruns.count { overruns.append(OverrunTally(strategy: id, count: 0)) }
        overruns[tally].count += 1
        guard overruns[tally].count >= settings.overrunsMax else { return }
        let last = "the last took \(overrun.elapsedMicroseconds) us"
        fail(
            id,
            .overrun(
                "\(overruns[tally].count) decisions took longer than \(overrun.budgetMicroseconds) us, \(last)"
            ),
            on: overrun.instrument
        )
        attend(desks.place(of: overrun.instrument))
    }

    func forgetOverruns(of id: StrategyID) { overruns.removeAll { $0.strategy == id } }
}
