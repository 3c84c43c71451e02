import Contracts
import EventKernel

/// Runs the strategies bar by bar and says what they want to hold; it never says how.
///
/// One intent of each strategy and instrument is current; a newer one supersedes it. While trading is paused the
/// strategies go on, and risk goes on refusing them.
package final class StrategyManager {
    private unowned let kernel: Kernel
    private let settings: StrategySettings
    private var seats: [StrategySeat] = []
    private var seated: Set<Instrument> = []
    private var shelf: ScenarioShelf
    private var drift: DriftWatch
    private var contexts: [Instrument: MarketContext] = [:]
    private var specs: [Instrument: InstrumentSpec] = [:]
    private var held: [Instrument: Quantity] = [:]
    private var prices: [Instrument: Price] = [:]
    private var isStopping = false

    package init(settings: StrategySettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        shelf = ScenarioShelf(versionsMax: settings.scenarioVersionsMax)
        drift = DriftWatch(bars: settings.driftBars)
        listenToMarket(kernel.bus)
        listenToScenarios(kernel.bus)
        listenToAnswers(kernel.bus)
    }

    private func listenToMarket(_ bus: EventBus) {
        bus.on(FeatureSet.self, as: .strategyManager) { features in self.run(copy features) }
        bus.on(MarketContext.self, as: .strategyManager) { context in
            self.contexts[context.instrument] = copy context
        }
        bus.on(MarketDriftDetected.self, as: .strategyManager) { drift in self.drift.take(drift) }
        bus.on(InstrumentSpec.self, as: .strategyManager) { spec in self.specs[spec.instrument] = copy spec }
    }

    private func listenToScenarios(_ bus: EventBus) {
        bus.on(ScenarioEnabled.self, as: .strategyManager) { scenario in
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

    private func listenToAnswers(_ bus: EventBus) {
        bus.on(ControlState.self, as: .strategyManager) { state in
            switch state.lifecycle {
            case .stopping, .stopped, .failed: self.isStopping = true
            case .starting, .recovering, .running, .paused: self.isStopping = false
            }
        }
        bus.on(ApprovedIntent.self, as: .strategyManager) { approved in
            for index in self.seats.indices {
                self.seats[index].noteApproval(of: approved.meta.correlationID)
            }
        }
        bus.on(RejectedIntent.self, as: .strategyManager) { _ in
            // What was refused stays wanted: the next bar asks again.
        }
        bus.on(OrderEvent.self, as: .strategyManager) { order in
            for index in self.seats.indices { self.seats[index].note(order) }
        }
        bus.on(PositionUpdate.self, as: .strategyManager) { update in
            self.held[update.instrument] = update.quantity
        }
    }

    /// Has every strategy of one instrument look at one bar.
    private func run(_ features: FeatureSet) {
        let instrument = features.instrument
        prices[instrument] = features.close
        let entryBar = drift.bar(of: instrument)
        // By now every answer to the bar before has been heard.
        seats.removeAll(where: \.isEmpty)
        seatBuiltIns(on: instrument)
        let inputs = StrategyInputs(
            features: features,
            context: contexts[instrument],
            held: held[instrument] ?? .zero,
            entryBar: entryBar
        )
        for index in seats.indices where seats[index].instrument == instrument {
            seats[index].decide(on: inputs)
            if entryBar != nil, seats[index].strategy?.obeysDrift == true, seats[index].isEntry { continue }
            speak(for: index)
        }
    }

    private func seatBuiltIns(on instrument: Instrument) {
        guard seated.insert(instrument).inserted, let settings = settings.emaCross,
            settings.instruments.isEmpty || settings.instruments.contains(instrument),
            let strategy = EMACrossStrategy(settings: settings)
        else { return }
        let isHeld = held[instrument].map { !$0.isZero } ?? false
        seats.append(StrategySeat(strategy, on: instrument, adoptsPosition: isHeld))
    }

    /// Seats a scenario, in the place of any other version of it.
    private func enable(_ scenario: ScenarioEnabled, why: String) {
        guard let strategy = ScenarioStrategy(scenario) else { return }
        let place = seats.firstIndex { $0.id == scenario.scenario && $0.instrument == scenario.instrument }
        close(scenario.scenario, why: why, exceptOn: scenario.instrument)
        guard let place else {
            seats.append(StrategySeat(strategy, on: scenario.instrument, adoptsPosition: false))
            return
        }
        seats[place].replace(with: strategy, why: why)
        speak(for: place)
    }

    /// Takes a scenario out; what it holds is to be closed.
    private func close(_ scenario: StrategyID, why: String, exceptOn kept: Instrument? = nil) {
        for index in seats.indices where seats[index].id == scenario && seats[index].instrument != kept {
            seats[index].replace(with: nil, why: why)
            speak(for: index)
        }
        // Only where nothing is kept in its place may the seats move.
        if kept == nil { seats.removeAll(where: \.isEmpty) }
    }

    /// Publishes the intent of one seat, if one is due and the price is known.
    private func speak(for index: Int) {
        let seat = seats[index]
        guard !isStopping, seat.needsIntent, let wanted = seat.wanted, let price = prices[seat.instrument]
        else { return }
        let correlationID = CorrelationID.intent(kernel.bus.nextSequence)
        seats[index].note(intent: correlationID, target: wanted.target)
        kernel.bus.publish(
            StrategyIntent(
                meta: EventMeta(source: .strategy, correlationID: correlationID),
                instrument: seat.instrument,
                strategy: seat.id,
                version: seat.version,
                target: wanted.target,
                referencePrice: price,
                slippageMax: settings.slippageMax,
                expires: kernel.now + settings.intentLifeMilliseconds,
                stop: exact(wanted.stop, on: seat.instrument),
                takeProfit: exact(wanted.takeProfit, on: seat.instrument),
                reason: wanted.reason
            )
        )
    }

    /// A level as a price of the instrument; nil where there is no such price.
    private func exact(_ level: Double?, on instrument: Instrument) -> Price? {
        guard let level, let tick = specs[instrument]?.tickSize else { return nil }
        let price = try? Price(nearestTo: level, scale: tick.scale).rounded(
            toMultipleOf: tick,
            .toNearestOrEven
        )
        return price.flatMap { $0.isPositive ? $0 : nil }
    }
}
