import Contracts
import EventKernel

extension StrategyManager {
    /// The equity after an exit is known now: who waits for it goes on to the other side.
    func turnRound() {
        isAccountAwaited = false
        for place in desks.places {
            for index in desks[place].seats.indices where desks[place].seats[index].awaitsAccount {
                desks[place].seats[index].awaitsAccount = false
                desks[place].seats[index].due = .now
            }
            attend(place)
        }
    }

    /// Says what is to be said of the seats of one instrument.
    func attend(_ place: Int) {
        for index in desks[place].seats.indices where !desks[place].seats[index].isQuiet {
            if desks[place].seats[index].failure == nil, desks[place].seats[index].due == .now {
                speak(for: index, on: place)
            }
            if let failure = desks[place].seats[index].failure {
                fail(desks[place].seats[index].options.id, failure, on: desks[place].instrument)
                if desks[place].seats[index].due == .now { speak(for: index, on: place) }
            }
            if desks[place].seats[index].awaitsAccount { isAccountAwaited = true }
            if let state = desks[place].seats[index].stateNews() { tell(state, of: index, on: place) }
        }
    }

    /// Publishes the intent of one seat, if one is due and can be sized.
    private func speak(for index: Int, on place: Int) {
        desks[place].seats[index].due = nil
        guard !isStopping, desks[place].seats[index].needsIntent,
            let price = desks[place].price
        else { return }
        let proposal: Proposal?
        do throws(NumberError) {
            proposal = try desks[place].seats[index].proposal(at: price, equity: desks.equity)
        } catch {
            desks[place].seats[index].failure = .nonsense("its target cannot be computed: \(error)")
            return
        }
        guard let proposal else { return }
        let options = desks[place].seats[index].options
        let ask = Ask(
            correlationID: .intent(kernel.bus.nextSequence),
            exposure: proposal.exposure,
            expires: kernel.now + settings.intentLifeMilliseconds + options.style.milliseconds,
            makesUp: options.style.makesUp
        )
        desks[place].seats[index].note(ask)
        publish(proposal, as: ask, options, on: place)
    }

    private func publish(_ proposal: Proposal, as ask: Ask, _ options: StrategyOptions, on place: Int) {
        kernel.bus.publish(
            StrategyIntent(
                meta: EventMeta(source: .strategy, correlationID: ask.correlationID),
                instrument: desks[place].instrument,
                strategy: options.id,
                version: options.version,
                target: proposal.target,
                referencePrice: proposal.referencePrice,
                slippageMax: options.slippageMax ?? settings.slippageMax,
                expires: ask.expires,
                stop: desks[place].exact(proposal.stop),
                takeProfit: desks[place].exact(proposal.takeProfit),
                style: options.style,
                reason: proposal.reason
            )
        )
    }

    private func tell(_ state: StrategySeat.Told, of index: Int, on place: Int) {
        kernel.bus.publish(
            StrategyState(
                meta: EventMeta(
                    source: .strategy,
                    correlationID: desks[place].seats[index].ask?.correlationID
                ),
                instrument: desks[place].instrument,
                strategy: desks[place].seats[index].options.id,
                version: state.version,
                phase: state.phase,
                isEnabled: state.isEnabled,
                why: desks[place].seats[index].stateReason
            )
        )
    }
}
