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
    private let market: FakeMarket
    private let clock = ManualClock()
    private var random = SeededGenerator(seed: 3)
    private var step: Int64 = 0
    private(set) var events: [AnyEvent] = []

    init(_ settings: String = FakeMarket.settings) throws {
        configuration = try Configuration(text: settings, file: "test")
        path = FileManager.default.temporaryDirectory.path + "/tradebot-" + UUID().uuidString
        writer = try JournalWriter(path: path)
        wiring = Wiring(configuration, journal: writer)
        guard let instrument = Instrument("linear:BTCUSDT") else { preconditionFailure("it is one") }
        market = FakeMarket(instrument: instrument, kernel: wiring.kernel, clock: clock)
        wiring.kernel.bus.record { [unowned self] event, _ in events.append(event) }
        market.open()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func trade(steps: Int) {
        for _ in 0..<steps {
            clock.advance(milliseconds: 250)
            let wave = abs((step % 80) - 40) * 50
            market.tick(6_000_000 + wave * 10 + Int64(random.next() % 40))
            step += 1
            wiring.kernel.settle()
        }
    }

    func pause() { market.pause() }

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
        let present = system.present()
        for snapshot in point.snapshots where snapshot.part != .orchestrator {
            let body = try #require(present[snapshot.part])
            #expect(withoutRestart(snapshot.body) == withoutRestart(body), "\(snapshot.part)")
        }
        if steps > 300 { #expect(system.fillCount > 2) }
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
