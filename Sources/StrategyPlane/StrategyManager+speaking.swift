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
            if let state = desks[place].seats[index].stateNews(on: desks[place].instrument) {
                bus.publish(state)
            }
        }
    }

    /// Publishes the intent of one seat, if one is due and can be sized.
    private func speak(for index: Int, on place: Int) {
        desks[place].seats[index].due = nil
        guard !isStopping else { return }
        do throws(NumberError) {
            let intent = try desks[place].intent(
                of: index,
                number: bus.nextSequence,
                at: bus.now,
                equity: desks.equity,
                settings
            )
            if let intent { bus.publish(intent) }
        } catch {
            desks[place].seats[index].failure = .nonsense("its target cannot be computed: \(error)")
        }
    }
}
