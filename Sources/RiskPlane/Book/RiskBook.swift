import Contracts

/// All that risk knows of the world when it is asked: a value, folded from events.
///
/// What has never been said is nil, and the checks take nil for a no. There is one of it, so that no intent ever pays
/// for a copy.
struct RiskBook: ~Copyable {
    let limits: RiskLimits
    var lifecycle: ControlState.Lifecycle?
    var isPaused = true
    var clock: ClockReading?
    var maintenance = Maintenance()
    /// The equity as told in this run.
    var equity: Money?
    var watch = EquityWatch()
    var halts = Halts()
    var streak = LossStreak()
    /// Of all instruments together.
    var stopLosses = StopLossLog()
    var rate = OrderRate()
    var instruments = InstrumentTable<InstrumentRecord>()

    init(limits: RiskLimits) { self.limits = limits }

    /// The place of an instrument's record, made where there is none.
    mutating func place(of instrument: Instrument) -> Int {
        if let known = instruments.place(of: instrument) { return known }
        let record = InstrumentRecord(instrument, limits)
        return instruments.place(of: instrument, orAdd: record)
    }

    /// What all positions come to, without that of `left`; as of the newest look.
    func exposure(leavingOut left: Int? = nil) throws(NumberError) -> Exposure {
        var sum = Exposure()
        for place in instruments.values.indices where place != left {
            let exposure = try exposure(at: place)
            if !exposure.gross.isZero { try sum.add(exposure) }
        }
        return sum
    }

    /// What the position at `place` comes to, as of the newest look.
    func exposure(at place: Int) throws(NumberError) -> Exposure {
        guard let exposure = instruments.values[place].exposure else { throw .malformed }
        return exposure
    }

    /// Begins a new day where one has begun, which ends the halt of the day before.
    mutating func roll(to now: UnixMilliseconds) {
        watch.roll(to: now)
        if let halt = halts[.dailyLoss], now >= halt.until ?? .max { halts.end(.dailyLoss) }
    }

    /// Brings every position's reach and exposure up to `now`.
    mutating func look(at now: UnixMilliseconds) {
        for place in 0..<instruments.count { instruments[place].look(at: now, limits) }
    }

    /// Books the leave that was given.
    mutating func approve(_ proposal: borrowing Proposal) throws(NumberError) {
        let (now, place) = (proposal.now, proposal.place)
        let share = try proposal.target.subtracting(proposal.others)
        let isStill = proposal.step.isZero
        let leave = Leave(
            correlationID: proposal.intent.meta.correlationID,
            strategy: proposal.intent.strategy,
            target: proposal.target,
            price: proposal.worstPrice,
            expires: max(proposal.intent.expires, now + proposal.intent.style.durationMilliseconds),
            isAtOnce: proposal.intent.style == .marketable,
            isEnded: isStill && !instruments[place].holding.orders.hasMove
        )
        instruments[place].holding.add(
            leave,
            share: share,
            reference: proposal.intent.referencePrice,
            at: now
        )
        instruments[place].touch()
        guard !isStill else { return }
        rate.note(at: now, limits)
        guard instruments[place].idleApprovals.note(proposal.target, at: now, limits) else { return }
        halts.begin(
            .runaway,
            since: now,
            "\(limits.runawayApprovalsMax ?? 0) approvals of \(proposal.intent.instrument) within "
                + "\(limits.runawayWindowMilliseconds) ms led nowhere"
        )
    }

    /// Ends what only the operator may end; what led to it counts from here on.
    mutating func reset() -> [RiskHalt] {
        let ended = halts.reset()
        for halt in ended {
            switch halt.kind {
            case .drawdown: watch.resetPeak()
            case .runaway:
                for place in instruments.values.indices { instruments[place].idleApprovals.reset() }
            case .noAccount, .equityMin, .dailyLoss, .liquidation, .stateLost, .journal: break
            }
        }
        return ended
    }
}
