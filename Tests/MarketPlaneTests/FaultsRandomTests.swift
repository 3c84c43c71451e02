import Contracts
import EventKernel
import FoundationEssentials
import MarketPlane
import Testing

/// Two hundred scripts of faults, each from its seed: whatever happens, the feed ends healthy, with the exchange's book.
///
/// `TRADEBOT_FAULT_SEED=17` runs one of them alone, as often as it takes.
@Suite(.timeLimit(.minutes(10))) struct `Random fault scripts` {
    private static let seedCount: UInt64 = 200
    private static let runningMax = 12

    @Test func `each end with a healthy, correct book`() async throws {
        let chosen = ProcessInfo.processInfo.environment["TRADEBOT_FAULT_SEED"].flatMap { UInt64($0) }
        let seeds = chosen.map { [$0] } ?? Array(1...Self.seedCount)
        await withTaskGroup(of: Void.self) { tasks in
            for (index, seed) in seeds.enumerated() {
                if index >= Self.runningMax { await tasks.next() }
                tasks.addTask { await Self.run(seed) }
            }
        }
    }

    private static func run(_ seed: UInt64) async {
        let script = FaultScript(seed: seed)
        do {
            let world = try await FaultWorld(seed: seed)
            world.open()
            for step in script.steps { try await play(step, in: world) }
            await world.network.change { $0 = .fair }
            try await world.endsWithTheExchangesBook()
            let crossed = await world.look { $0.crossedCount }
            #expect(crossed == 0, "seed \(seed): a crossed book was published; again: \(command(seed))")
            try await world.stop()
        } catch {
            Issue.record("seed \(seed), \(script.steps): \(error); again: \(command(seed))")
        }
    }

    private static func command(_ seed: UInt64) -> String {
        "TRADEBOT_FAULT_SEED=\(seed) swift test --filter 'Random fault scripts'"
    }

    private static func play(_ step: FaultScript.Step, in world: FaultWorld) async throws {
        switch step.fault {
        case .reset: await world.network.reset()
        case .gap: await world.exchange.inject(.gap)
        case .drop: await world.exchange.inject(.drop(refusing: .milliseconds(30)))
        case .garbage: await world.exchange.inject(.garbage(.zero))
        case .reject: await world.exchange.inject(.reject(.milliseconds(100)))
        case .weather(let weather): await world.network.change { $0 = weather }
        }
        for _ in 0..<step.ticks {
            await world.pass(milliseconds: 25)
            await Task.yield()
        }
        if step.clears { await world.network.change { $0 = .fair } }
    }
}

/// What one seed does to the feed, step by step.
private struct FaultScript {
    enum Fault: Sendable {
        case reset, gap, drop, garbage, reject
        case weather(NetworkWeather)
    }

    struct Step: Sendable, CustomStringConvertible {
        let fault: Fault
        /// How long it goes on, in ticks of 25 ms of the market.
        let ticks: Int
        /// Whether fair weather comes before the next step.
        let clears: Bool

        var description: String { "\(fault) for \(ticks) ticks\(clears ? ", then fair" : "")" }
    }

    let steps: [Step]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 17)
        steps = (0..<Int.random(in: 3...7, using: &random)).map { _ in
            Step(
                fault: Self.fault(&random),
                ticks: Int.random(in: 2...30, using: &random),
                clears: Bool.random(using: &random)
            )
        }
    }

    private static func fault(_ random: inout SeededGenerator) -> Fault {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .reset
        case 1: return .gap
        case 2: return .drop
        case 3: return .garbage
        case 4: return .reject
        default: break
        }
        var weather = NetworkWeather.fair
        switch Int.random(in: 0..<8, using: &random) {
        case 0: weather.isStalled = true
        case 1: weather.isHalfOpen = true
        case 2: weather.door = .refuses
        case 3: weather.door = .swallows
        default:
            weather.lossShare = Double.random(in: 0...0.3, using: &random)
            weather.doubleShare = Double.random(in: 0...0.3, using: &random)
            weather.swapShare = Double.random(in: 0...0.2, using: &random)
            weather.lateShare = Double.random(in: 0...0.1, using: &random)
            weather.latenessMessages = Int.random(in: 2...40, using: &random)
        }
        return .weather(weather)
    }
}

extension NetworkWeather: CustomStringConvertible {
    var description: String {
        "(door \(door), stalled \(isStalled), half-open \(isHalfOpen), lost \(lossShare), doubled \(doubleShare), "
            + "swapped \(swapShare), late \(lateShare) by \(latenessMessages))"
    }
}
