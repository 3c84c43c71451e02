import Contracts
import EventKernel

extension RiskManager {
    /// A halt that begins or ends is told at once, and kept at once where only the kept state knows of it.
    func followHalts() throws(RiskStateError) {
        let kinds = chain.book.halts.kinds
        if kinds != toldHalts {
            publishState()
            let kept = kinds.filter(\.isKept)
            if kept != keptHalts { try keep(EventMeta(source: .risk)) }
        }
        waitForDayEnd()
    }

    /// Has the state told within its interval.
    func scheduleState() {
        guard !isStateScheduled else { return }
        isStateScheduled = true
        kernel.after(milliseconds: limits.stateIntervalMilliseconds, as: .riskManager) {
            self.isStateScheduled = false
            self.publishState()
        }
    }

    /// Ends the day's halt when the day ends, though nobody asks.
    private func waitForDayEnd() {
        guard let until = chain.book.halts[.dailyLoss]?.until, until != dayEnd, until > bus.now else {
            return
        }
        dayEnd = until
        kernel.after(milliseconds: until - bus.now, as: .riskManager) {
            self.chain.book.roll(to: self.bus.now)
            try self.followHalts()
        }
    }

    private func publishState() {
        let book = chain.book.summary(at: bus.now)
        let state = RiskState(
            meta: EventMeta(source: .risk),
            halts: book.halts,
            grossNotional: book.gross,
            grossNotionalMax: limits.grossNotionalMax,
            netNotional: book.net,
            equity: book.equity,
            equityPeak: book.peak,
            drawdown: book.drawdown,
            dayLoss: book.dayLoss,
            dayLossMax: book.dayLossMax,
            lossStreak: book.lossStreak,
            rejections: RiskCheck.allCases.compactMap { check in
                rejectionCounts[check].map { RejectionCount(check: check, count: $0) }
            }
        )
        toldHalts = book.halts.map(\.kind)
        guard state != told else { return }
        told = state
        bus.publish(state)
    }
}

/// The book's figures for those who watch.
struct RiskSummary {
    let halts: [RiskHalt]
    let gross: Money
    let net: Money
    let equity: Money?
    let peak: Money?
    let drawdown: Ratio
    let dayLoss: Money
    let dayLossMax: Money?
    let lossStreak: Int
}

extension RiskBook {
    /// What cannot be computed refuses every entry; here it shows as a limit that is used up, or as nothing.
    mutating func summary(at now: UnixMilliseconds) -> RiskSummary {
        look(at: now)
        return RiskSummary(
            halts: halts.list,
            gross: (try? exposure().gross) ?? limits.grossNotionalMax,
            net: (try? net()) ?? .zero,
            equity: equity,
            peak: watch.peak,
            drawdown: watch.drawdown,
            dayLoss: (try? watch.dayLoss) ?? .zero,
            dayLossMax: (try? watch.dayLossMax(limits)) ?? limits.dailyLossMax,
            lossStreak: streak.count
        )
    }

    /// Long less short, of what is held.
    private func net() throws(NumberError) -> Money {
        var sum = Money.zero
        for record in instruments.values where !record.holding.net.isZero {
            guard let price = record.price else { throw .malformed }
            sum = try sum.adding(record.holding.net.times(record.instrument.unitWorth(at: price)))
        }
        return sum
    }
}
