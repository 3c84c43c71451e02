import Contracts
import ExchangeSimulator
import MarketPlane
import Testing

/// Faults N1, N2 and N4 of the network, over real sockets.
@Suite(.oneWorldEach) struct `A market feed on a failing network` {
    @Test func `heals after a reset`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.reset(refusing: .milliseconds(100)))
        let lost = try await world.until("the loss") { $0.disconnects.first }
        #expect(lost.reason == .closedByPeer || lost.reason == .failure)
        #expect(lost.willRetryInMilliseconds != nil)
        _ = try await world.until("a second connection") { $0.connects.count == 2 ? true : nil }
        try await world.endsWithTheExchangesBook()
        #expect(await world.look { $0.states() }.contains(.stale))
        try await world.stop()
    }

    @Test func `takes a half-open connection for dead`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.halfOpen)
        #expect(try await world.until("the loss") { $0.disconnects.first }.reason == .silence)
        #expect(await world.look { $0.states() }.contains(.stale))
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `gives up on a black hole, and gets through once it is gone`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.blackHole(.seconds(6)))
        let error = try await world.until("a timeout") { $0.errors("connect.timeout").first }
        #expect(error.willRetryInMilliseconds != nil)
        #expect(await world.look { $0.health[FaultWorld.instrument]?.state } == .stale)
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `outlives a stall that is longer than its patience`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.stall(.seconds(4)))
        #expect(try await world.until("the loss") { $0.disconnects.first }.reason == .silence)
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `catches up after a stall that is shorter, on the same connection`() async throws {
        let world = try await FaultWorld { settings, _ in
            settings.silenceMilliseconds = 60_000
            settings.pongMilliseconds = 60_000
        }
        try await world.openAndSettle()
        await world.exchange.inject(.stall(.seconds(2)))
        _ = try await world.until("the gate to close") {
            $0.states().dropFirst().contains(.stale) ? true : nil
        }
        _ = try await world.until("it to open again") { watch in
            watch.health[FaultWorld.instrument]?.state == .fresh ? true : nil
        }
        try await world.endsWithTheExchangesBook()
        let (connects, snapshots) = await world.look { ($0.connects.count, $0.snapshotCount) }
        #expect(connects == 1 && snapshots == 1)
        try await world.stop()
    }

    @Test(arguments: [
        Fault.lose(.seconds(1)), .duplicate(.seconds(1)), .reorder(.seconds(1)),
        .delay(by: .milliseconds(300), .seconds(1)), .renumber, .gap,
    ])
    func `ends with the same book whatever becomes of messages`(fault: Fault) async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        let before = await world.look { $0.tradeCount }
        await world.exchange.inject(fault)
        _ = try await world.until("trades in the fault") { $0.tradeCount > before + 5 ? true : nil }
        try await Task.sleep(for: fault.length)
        try await world.endsWithTheExchangesBook()
        let (doubled, crossed) = await world.look { ($0.doubledTradeCount, $0.crossedCount) }
        #expect(doubled == 0, "a trade was told twice")
        #expect(crossed == 0, "a crossed book was published")
        try await world.stop()
    }

    @Test func `slows down in a storm of failing connections`() async throws {
        let world = try await FaultWorld { settings, _ in
            settings.connectCountMax = 20
            settings.connectWindowMilliseconds = 300_000
        }
        await world.exchange.inject(.refuse(.seconds(3600)))
        world.open()
        let slow = try await world.until("the slow mode") { $0.errors("connect.slow").first }
        #expect((slow.willRetryInMilliseconds ?? 0) > 200_000)
        let tries = await world.look { watch in
            watch.errors.count { $0.code.hasPrefix("connect.") && $0.code != "connect.slow" }
        }
        #expect(tries == 20)
        try await world.stop()
    }
}

/// Fault N3: whatever stands between us and a secure connection is told by its name, and never got round.
@Suite(.oneWorldEach) struct `A market feed that can't connect` {
    @Test(arguments: [
        ("ws://no-such-host.invalid:8808/v5/public", "connect.dns"),
        ("ws://127.0.0.1:1/v5/public", "connect.refused"),
    ])
    func `names a wrong address for what it is`(url: String, code: String) async throws {
        let world = try await FaultWorld { settings, _ in
            settings.publicURL = url
            settings.connectMilliseconds = 10_000
        }
        world.open()
        let error = try await world.until(code) { watch in
            watch.errors.first { $0.code.hasPrefix("connect.") }
        }
        #expect(error.code == code)
        #expect(error.willRetryInMilliseconds != nil)
        try await world.stop()
    }

    @Test func `never speaks plain to a server that has no TLS`() async throws {
        let world = try await FaultWorld { settings, _ in
            settings.publicURL = settings.publicURL.replacing("ws://127", with: "wss://127")
        }
        world.open()
        _ = try await world.until("three tries") { watch in
            watch.errors.count { $0.code.hasPrefix("tls.") } >= 3 ? true : nil
        }
        #expect(await world.look { $0.connects.isEmpty })
        #expect(await world.exchange.summary()?.connections == 0)
        try await world.stop()
    }
}

extension FaultWorld {
    /// A world with other settings only.
    convenience init(settings: (inout MarketSettings, SimulatorServer.Ports) -> Void) async throws {
        try await self.init(seed: 7, options: { _ in }, settings: settings)
    }
}
