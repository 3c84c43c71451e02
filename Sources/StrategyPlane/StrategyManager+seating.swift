import Contracts
import EventKernel

/// How often a strategy overran its time budget since it was enabled.
struct OverrunTally: Codable {
    let strategy: StrategyID
    var count: Int
}

extension StrategyManager {
    /// Seats every strategy that belongs on an instrument and is not there yet.
    func seatMissing(on place: Int) {
        desks[place].rosterRevision = roster.revision
        for entry in roster.entries where entry.isEnabled && entry.options.covers(desks[place].instrument) {
            guard desks[place].place(of: entry.options.id) == nil else { continue }
            let found = entry.options.isShadow ? .zero : desks[place].unaccounted
            desks[place].seats.append(StrategySeat(entry.strategy, entry.options, found: found))
        }
    }

    /// Disables a strategy for what it did; what it holds is closed, and the others go on.
    func fail(_ id: StrategyID, _ failure: SeatFailure, on instrument: Instrument) {
        kernel.bus.publish(
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
        for place in desks.values.indices {
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
        if let entry = roster.place(of: id) { roster.switchOff(entry, why: why) }
        for place in desks.values.indices {
            guard let index = desks[place].place(of: id) else { continue }
            desks[place].seats[index].switchOff(why: why)
            if desks[place].instrument != left { attend(place) }
        }
    }

    /// Counts an overrun; with too many of them a strategy is disabled.
    func take(_ overrun: borrowing StrategyOverrun) {
        let id = overrun.strategy
        let isRunning = desks.values.contains { desk in
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
        attend(desk(of: overrun.instrument))
    }

    func forgetOverruns(of id: StrategyID) { overruns.removeAll { $0.strategy == id } }
}

extension Desk {
    /// The part of the position that no seat accounts for; nothing where it cannot be told.
    fileprivate var unaccounted: Quantity {
        (try? positions.net.subtracting(seatsHeld)) ?? .zero
    }
}
