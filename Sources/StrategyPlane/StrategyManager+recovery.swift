import Contracts
import EventKernel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension StrategyManager {
    func listenToRecovery(_ bus: EventBus) {
        bus.on(SnapshotRequest.self, as: .strategyManager) { request in
            try self.keep(request.meta.answered(by: .strategy))
        }
        bus.on(StateRecovery.self, as: .strategyManager) { recovery in
            guard case .restored(part: .strategies, let version, let body, asOf: _) = recovery.step else {
                return
            }
            try self.restore(body, version)
        }
    }

    private func keep(_ meta: EventMeta) throws(StrategyError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text: String
        do { text = String(decoding: try encoder.encode(body()), as: UTF8.self) } catch {
            throw .unwritable(why: String(describing: error))
        }
        bus.publish(
            StateSnapshot(meta: meta, part: .strategies, version: StrategiesBody.version, body: text)
        )
    }

    private func body() throws -> StrategiesBody {
        StrategiesBody(
            equity: desks.equity,
            configured: desks.roster.entries.map { entry in
                StrategiesBody.Configured(
                    strategy: entry.options.id,
                    isEnabled: entry.isEnabled,
                    offReason: entry.offReason,
                    changes: entry.changes
                )
            },
            scenarios: shelf.scenarios,
            overruns: overruns,
            instruments: try desks.all.map { desk in
                StrategiesBody.Instruments(
                    instrument: desk.instrument,
                    baseSeconds: desk.baseSeconds,
                    price: desk.price,
                    tickSize: desk.tickSize,
                    context: desk.surroundings.context,
                    funding: desk.surroundings.funding,
                    positions: desk.positions,
                    lastFill: desk.lastFill,
                    drift: desk.drift,
                    seats: try desk.seats.map { try $0.body() }
                )
            }
        )
    }

    private func restore(_ text: String, _ version: Int) throws(StrategyError) {
        guard version == StrategiesBody.version else {
            throw .version(version, known: StrategiesBody.version)
        }
        do {
            let body = try JSONDecoder().decode(StrategiesBody.self, from: Data(text.utf8))
            restore(body)
            let restored = try body.instruments.map { try desk(restoring: $0) }
            for desk in restored { desks.put(desk) }
        } catch {
            throw .unreadable(why: String(describing: error))
        }
        for place in desks.places { attend(place) }
    }

    private func restore(_ body: StrategiesBody) {
        desks.equity = body.equity
        overruns = body.overruns
        for scenario in body.scenarios { shelf.put(scenario) }
        for known in body.configured {
            guard let entry = desks.roster.place(of: known.strategy) else { continue }
            // A parameter that this version has no more, or takes no more, is the configuration's again.
            for change in known.changes { _ = try? desks.roster.set(entry, change) }
            if !known.isEnabled { desks.roster.switchOff(entry, why: known.offReason) }
        }
    }

    private func desk(restoring body: StrategiesBody.Instruments) throws -> Desk {
        var desk = Desk(body.instrument)
        desk.baseSeconds = body.baseSeconds
        desk.price = body.price
        desk.tickSize = body.tickSize
        desk.surroundings = Surroundings(context: body.context, funding: body.funding)
        desk.positions = body.positions
        desk.lastFill = body.lastFill
        desk.drift = body.drift
        desk.awaitsBooks = true
        for seat in body.seats { desk.seats.append(try self.seat(restoring: seat, on: body.instrument)) }
        desk.hasLeaving = desk.seats.contains { $0.isLeaving }
        desk.awaitsOpen = desk.seats.contains { $0.due != nil }
        return desk
    }

    private func seat(restoring body: StrategiesBody.Seat, on instrument: Instrument) throws -> StrategySeat {
        if let place = desks.roster.place(of: body.strategy) {
            let entry = desks.roster.entries[place]
            guard entry.options.covers(instrument) else { return StrategySeat(closing: body) }
            // Another version makes nothing of the memory of this one: it takes over the position alone.
            guard entry.options.version == body.version else {
                return StrategySeat(entry.strategy, entry.options, found: body.held)
            }
            return try StrategySeat(restoring: body, entry.strategy, entry.options)
        }
        guard let scenario = shelf.scenario(body.strategy, version: body.version) else {
            return StrategySeat(closing: body)
        }
        return try StrategySeat(
            restoring: body,
            ScenarioStrategy(scenario),
            ScenarioStrategy.options(scenario)
        )
    }
}
