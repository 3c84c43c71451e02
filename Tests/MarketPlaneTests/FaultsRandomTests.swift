import Contracts
import ExchangeSimulator
import FoundationEssentials
import MarketPlane
import Testing

/// Two hundred scripts of faults, each from its seed: whatever happens, the feed ends healthy, with the exchange's book.
///
/// `TRADEBOT_FAULT_SEED=17` runs one of them alone. A failing one says how to run it again.
@Suite struct `Random fault scripts` {
    private static let seedCount: UInt64 = 200
    /// Long enough for every fault to be noticed by watchdogs of a second.
    private static let span = Duration.seconds(4)

    @Test func `each end with a healthy, correct book`() async throws {
        let chosen = ProcessInfo.processInfo.environment["TRADEBOT_FAULT_SEED"].flatMap { UInt64($0) }
        let seeds = chosen.map { [$0] } ?? Array(1...Self.seedCount)
        await withTaskGroup(of: Void.self) { tasks in
            for seed in seeds { tasks.addTask { await Self.run(seed) } }
        }
    }

    private static func run(_ seed: UInt64) async {
        let script = FaultScript(seed: seed, symbols: ["BTCUSDT"], span: span)
        await FaultSlots.worlds.take()
        defer { FaultSlots.worlds.giveBack() }
        do {
            let world = try await FaultWorld(seed: seed, options: { $0.faults = script.faults })
            var trouble: (any Error)?
            do {
                world.open()
                await world.exchange.faultsAreOver()
                try await world.endsWithTheExchangesBook()
                let crossed = await world.look { $0.crossedCount }
                if crossed > 0 { throw FaultTrouble("\(crossed) crossed books were published") }
            } catch {
                trouble = error
            }
            try await world.stop()
            if let trouble { throw trouble }
        } catch {
            let faults = script.faults.map { "\($0.after) \($0.fault)" }
            Issue.record(
                """
                seed \(seed): \(error)
                the script: \(faults)
                again: TRADEBOT_FAULT_SEED=\(seed) swift test --filter 'Random fault scripts'
                """
            )
        }
    }
}
