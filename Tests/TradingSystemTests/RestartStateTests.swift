import Contracts
import EventKernel
import FoundationEssentials
import StoragePlane
import Testing

@testable import TradingSystem

/// A system that trades and is journaled, and ends without a word.
private final class KilledSystem {
    let configuration: Configuration
    let path: String
    private let writer: JournalWriter
    private let wiring: Wiring
    private let markets: [FakeMarket]
    private let clock = ManualClock()
    private var random = SeededGenerator(seed: 3)
    private var step: Int64 = 0
    private(set) var events: [AnyEvent] = []

    init(_ settings: String = FakeMarket.settings) throws {
        configuration = try Configuration(text: settings, file: "test")
        path = FileManager.default.temporaryDirectory.path + "/tradebot-" + UUID().uuidString
        writer = try JournalWriter(path: path)
        wiring = Wiring(configuration, journal: writer)
        markets = configuration.instruments.map { [kernel = wiring.kernel, clock] in
            FakeMarket(instrument: $0, kernel: kernel, clock: clock)
        }
        wiring.kernel.bus.record { [unowned self] event, _ in events.append(event) }
        markets.first?.open()
        for market in markets.dropFirst() { market.list() }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func trade(steps: Int) {
        for _ in 0..<steps {
            clock.advance(milliseconds: 250)
            let wave = abs((step % 80) - 40) * 50
            for market in markets { market.tick(6_000_000 + wave * 10 + Int64(random.next() % 40)) }
            step += 1
            wiring.kernel.settle()
        }
    }

    func pause() { markets[0].command(.pause) }
    func resume() { markets[0].command(.resume) }

    /// What the journal says that the planes were.
    func restart() throws -> RecoveryPoint {
        wiring.kernel.settle()
        try writer.flush()
        let reader = try JournalReader(path: path)
        defer { try? reader.close() }
        return try RestartState(configuration).find(in: reader)
    }

    /// What the planes are.
    func present() -> [StatefulPart: String] {
        let count = events.count
        wiring.kernel.ingest(SnapshotRequest(meta: EventMeta(source: .system, ts: clock.now), why: "test"))
        return events[count...].reduce(into: [:]) { bodies, event in
            if case .stateSnapshot(let snapshot) = event { bodies[snapshot.part] = snapshot.body }
        }
    }

    var fillCount: Int {
        events.count { if case .execOrderEvent(let order) = $0 { order.fill != nil } else { false } }
    }
}

@Suite struct `A state to restart from` {
    @Test(arguments: [17, 100, 239, 240, 241, 300, 431, 600])
    func `is that of every plane at the journal's end`(steps: Int) throws {
        let system = try KilledSystem()
        system.trade(steps: steps)
        let point = try system.restart()
        #expect(point.passedOver == [])
        #expect(point.snapshots.map(\.part) == StatefulPart.allCases)
        try compare(point, with: system.present())
        if steps > 300 { #expect(system.fillCount > 2) }
    }

    /// Bars of all instruments end at the same times, orders rest and then cross, and the operator has his say.
    @Test(arguments: [97, 242, 300, 431])
    func `is that of many instruments, whose timers are due at once`(steps: Int) throws {
        let settings = FakeMarket.settings.replacing(
            #"symbols = ["BTCUSDT"]"#,
            with: #"symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"]"#
        )
        let resting = "\n[strategy.ema_cross]\nstyle = \"passive\"\npassive_ms = 1500\n"
        let system = try KilledSystem(settings + resting)
        for part in 0..<7 {
            system.trade(steps: steps / 7)
            if part == 4 { system.pause() }
            if part == 5 { system.resume() }
        }
        let point = try system.restart()
        #expect(point.passedOver == [])
        try compare(point, with: system.present())
        if steps > 300 { #expect(system.fillCount > 8) }
    }

    private func compare(_ point: RecoveryPoint, with present: [StatefulPart: String]) throws {
        for snapshot in point.snapshots where snapshot.part != .orchestrator {
            let body = try #require(present[snapshot.part])
            #expect(withoutRestart(snapshot.body) == withoutRestart(body), "\(snapshot.part)")
        }
    }

    /// A state without the mark that it was restored once, which features carry for what is backfilled.
    private func withoutRestart(_ body: String) -> String {
        body.replacing(/"knownThrough":-?[0-9]+/, with: "")
    }

    @Test func `is paused where the operator has paused`() throws {
        let system = try KilledSystem()
        system.trade(steps: 50)
        #expect(try system.restart().snapshots.first?.body == #"{"paused":false}"#)
        system.pause()
        #expect(try system.restart().snapshots.first?.body == #"{"paused":true}"#)
    }

    @Test func `is that of the newest of each part where there is no whole set`() throws {
        let system = try KilledSystem()
        let point = try system.restart()
        // Only the set of the start is there, and it is whole.
        #expect(point.asOf != nil && point.passedOver == [])
    }
}
