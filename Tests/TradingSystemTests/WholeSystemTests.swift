import Contracts
import EventKernel
import Testing

@testable import TradingSystem

/// From a tick to a position, through every plane, without a thread or a socket.
@Suite struct `The whole system` {
    @Test func `turns ticks into a position, with one correlation id all the way`() throws {
        let events = try run(seed: 3)
        let refusals = events.compactMap { event in
            if case .riskRejectedIntent(let refusal) = event { refusal.reason } else { nil }
        }
        let filled = try #require(
            events.firstIndex { event in
                if case .execOrderEvent(let order) = event { order.state == .filled } else { false }
            },
            "risk refused: \(Set(refusals))"
        )
        let id = try #require(events[filled].meta.correlationID)
        let chain = events.filter { $0.meta.correlationID == id }.map(\.topic)
        let wanted: [Topic] = [
            .strategyIntent, .riskApprovedIntent, .execOrderEvent, .execVenueReport, .portfolioPositionUpdate,
        ]
        #expect(wanted.allSatisfy(chain.contains))
        let firsts = wanted.compactMap(chain.firstIndex)
        #expect(firsts == firsts.sorted())
        #expect(events.map(\.meta.seq) == Array(1...UInt64(events.count)))
        #expect(!events.contains { $0.topic == .errorEvent })
    }

    @Test(arguments: [3, 4] as [UInt64])
    func `says the same, byte for byte, when the same happens`(seed: UInt64) throws {
        #expect(try bytes(run(seed: seed)) == bytes(run(seed: seed)))
    }

    @Test func `places no order while paused, and the map's publishers keep to themselves`() throws {
        let events = try run(seed: 3, isPaused: true)
        #expect(events.contains { $0.topic == .strategyIntent })
        #expect(!events.contains { $0.topic == .riskApprovedIntent || $0.topic == .execOrderEvent })
    }

    private func bytes(_ events: [AnyEvent]) throws -> [UInt8] {
        let encoder = EventJSONEncoder()
        return try events.reduce(into: []) { bytes, event in
            try encoder.encode(event, into: &bytes)
            bytes.append(0x0A)
        }
    }

    /// Lets a market go up and down in waves for some minutes.
    private func run(seed: UInt64, isPaused: Bool = false) throws -> [AnyEvent] {
        let wiring = Wiring(try Configuration(text: FakeMarket.settings, file: "test"))
        let instrument = try #require(Instrument("linear:BTCUSDT"))
        let clock = ManualClock()
        var events: [AnyEvent] = []
        wiring.kernel.bus.record { event, _ in events.append(event) }
        let market = FakeMarket(instrument: instrument, kernel: wiring.kernel, clock: clock)
        market.open()
        if isPaused { market.pause() }
        market.wave(seed: seed)
        return events
    }
}
