import Contracts

/// What the seats have to say. A seat makes its events itself: it is too large to be copied for each.
extension Desk {
    /// The intent of one seat, which counts as spoken with it; nil where none is due or it cannot be sized yet.
    mutating func intent(
        of index: Int,
        number: UInt64,
        at now: UnixMilliseconds,
        equity: Money?,
        _ settings: borrowing StrategySettings
    ) throws(NumberError) -> StrategyIntent? {
        guard let price, let proposal = try seats[index].dueProposal(at: price, equity: equity) else {
            return nil
        }
        let (stop, takeProfit) = (exact(proposal.stop), exact(proposal.takeProfit))
        return seats[index].speak(
            proposal,
            as: .intent(number),
            on: instrument,
            stop: stop,
            takeProfit: takeProfit,
            at: now,
            settings
        )
    }
}

extension StrategySeat {
    fileprivate mutating func dueProposal(
        at price: Price,
        equity: Money?
    ) throws(NumberError) -> Proposal? {
        needsIntent ? try proposal(at: price, equity: equity) : nil
    }

    fileprivate mutating func speak(
        _ proposal: Proposal,
        as correlationID: CorrelationID,
        on instrument: Instrument,
        stop: Price?,
        takeProfit: Price?,
        at now: UnixMilliseconds,
        _ settings: borrowing StrategySettings
    ) -> StrategyIntent {
        let ask = Ask(
            correlationID: correlationID,
            exposure: proposal.exposure,
            expires: now + settings.intentLifeMilliseconds + options.style.milliseconds,
            makesUp: options.style.makesUp
        )
        note(ask)
        return StrategyIntent(
            meta: EventMeta(source: .strategy, correlationID: correlationID),
            instrument: instrument,
            strategy: options.id,
            version: options.version,
            target: proposal.target,
            referencePrice: proposal.referencePrice,
            slippageMax: options.slippageMax ?? settings.slippageMax,
            expires: ask.expires,
            stop: stop,
            takeProfit: takeProfit,
            style: options.style,
            reason: proposal.reason
        )
    }

    /// Where it stands, if that was not told yet; it counts as told from here on.
    mutating func stateNews(on instrument: Instrument) -> StrategyState? {
        let state = state
        guard told != state else { return nil }
        told = state
        return StrategyState(
            meta: EventMeta(source: .strategy, correlationID: ask?.correlationID),
            instrument: instrument,
            strategy: options.id,
            version: state.version,
            phase: state.phase,
            isEnabled: state.isEnabled,
            why: stateReason
        )
    }
}
