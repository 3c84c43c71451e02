import Contracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension StrategySeat {
    func body() throws -> StrategiesBody.Seat {
        StrategiesBody.Seat(
            strategy: options.id,
            version: options.version,
            isEnabled: isEnabled,
            offReason: offReason,
            isLeaving: isLeaving,
            wanted: wanted,
            settled: settled,
            ask: ask,
            isUnfinished: isUnfinished,
            held: held,
            coolingBars: coolingBars,
            isBarred: isBarred,
            isRevised: isRevised,
            isTurning: isTurning,
            awaitsAccount: awaitsAccount,
            due: due,
            memory: try strategy.memoryText()
        )
    }

    /// Seats `strategy` where it sat before the restart.
    init(restoring body: StrategiesBody.Seat, _ strategy: any Strategy, _ options: StrategyOptions) throws {
        self.init(strategy, options)
        // One that may not decide is seated anew when it is enabled.
        if body.isEnabled { try self.strategy.takeMemory(body.memory) }
        isEnabled = body.isEnabled
        offReason = body.offReason
        isLeaving = body.isLeaving
        wanted = body.wanted
        settled = body.settled
        ask = body.ask
        isUnfinished = body.isUnfinished
        held = body.held
        coolingBars = body.coolingBars
        isBarred = body.isBarred
        isRevised = body.isRevised
        isTurning = body.isTurning
        awaitsAccount = body.awaitsAccount
        due = body.due
    }

    /// Seats a retired strategy that closes what `body` held.
    init(closing body: StrategiesBody.Seat) {
        let options = StrategyOptions(id: body.strategy, version: body.version)
        self.init(RetiredStrategy(), options, found: body.held)
        settled = body.settled
        isLeaving = true
        switchOff(why: "it is configured no longer")
        // The first bar brings the price to close at.
        due = nil
    }
}

extension Strategy {
    fileprivate func memoryText() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(memory), as: UTF8.self)
    }

    fileprivate mutating func takeMemory(_ text: String) throws {
        memory = try JSONDecoder().decode(Memory.self, from: Data(text.utf8))
    }
}
