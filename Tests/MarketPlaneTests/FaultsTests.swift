import Contracts
import MarketPlane
import Testing

/// Faults N1 to N4 of the network, over real sockets; limits of seconds are fractions of one here.
@Suite(.timeLimit(.minutes(2))) struct `A market feed on a failing network` {
    @Test func `heals after a reset`() async throws {
        let world = try await FaultWorld()
        world.open()
        _ = try await world.until("fresh") { $0.health == .fresh ? true : nil }
        await world.network.reset()
        let lost = try await world.until("the loss") { $0.disconnects.first }
        #expect(lost.reason == .closedByPeer || lost.reason == .failure)
        #expect(lost.willRetryInMilliseconds != nil)
        _ = try await world.until("a second connection") { $0.connects.count == 2 ? true : nil }
        try await world.endsWithTheExchangesBook()
        let states = await world.look { $0.healths.map(\.state) }
        #expect(states.contains(.stale) && states.last == .fresh)
        try await world.stop()
    }

    @Test func `takes a half-open connection for dead`() async throws {
        let world = try await FaultWorld()
        world.open()
        _ = try await world.until("fresh") { $0.health == .fresh ? true : nil }
        await world.network.change { $0.isHalfOpen = true }
        #expect(try await world.until("the loss") { $0.disconnects.first }.reason == .silence)
        _ = try await world.until("not fresh") { $0.health == .stale ? true : nil }
        await world.network.change { $0 = .fair }
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `gives up on a black hole, and gets through once it is gone`() async throws {
        let world = try await FaultWorld()
        await world.network.change { $0.door = .swallows }
        world.open()
        let error = try await world.until("a timeout") { watch in
            watch.errors.first { $0.code == "connect.timeout" }
        }
        #expect(error.willRetryInMilliseconds != nil)
        await world.network.change { $0 = .fair }
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `outlives a stall that is longer than its patience`() async throws {
        let world = try await FaultWorld()
        world.open()
        _ = try await world.until("fresh") { $0.health == .fresh ? true : nil }
        await world.network.change { $0.isStalled = true }
        #expect(try await world.until("the loss") { $0.disconnects.first }.reason == .silence)
        await world.network.change { $0 = .fair }
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `catches up after a stall that is shorter, on the same connection`() async throws {
        let world = try await FaultWorld { settings in
            settings.silenceMilliseconds = 60_000
            settings.pongMilliseconds = 60_000
        }
        world.open()
        _ = try await world.until("fresh") { $0.health == .fresh ? true : nil }
        await world.network.change { $0.isStalled = true }
        for _ in 0..<20 { await world.pass(milliseconds: 50) }
        await world.network.change { $0 = .fair }
        try await world.endsWithTheExchangesBook()
        let (connects, snapshots) = await world.look { ($0.connects.count, $0.snapshotCount) }
        #expect(connects == 1 && snapshots == 1)
        try await world.stop()
    }

    @Test(arguments: ["lost", "doubled", "swapped", "late"])
    func `ends with the same book whatever messages are`(fault: String) async throws {
        let world = try await FaultWorld()
        world.open()
        _ = try await world.until("fresh") { $0.health == .fresh ? true : nil }
        await world.network.change { weather in
            switch fault {
            case "lost": weather.lossShare = 0.1
            case "doubled": weather.doubleShare = 0.3
            case "swapped": weather.swapShare = 0.2
            default: weather.lateShare = 0.1
            }
        }
        for _ in 0..<60 { await world.pass(milliseconds: 50) }
        #expect(await world.network.disturbedCount > 5)
        await world.network.change { $0 = .fair }
        try await world.endsWithTheExchangesBook()
        let (doubled, crossed) = await world.look { ($0.doubledTradeCount, $0.crossedCount) }
        #expect(doubled == 0, "a trade was told twice")
        #expect(crossed == 0, "a crossed book was published")
        try await world.stop()
    }

    @Test func `slows down in a storm of failing connections`() async throws {
        let world = try await FaultWorld { settings in
            settings.connectCountMax = 5
            settings.connectWindowMilliseconds = 600_000
        }
        await world.network.change { $0.door = .refuses }
        world.open()
        let slow = try await world.until("the slow mode") { watch in
            watch.errors.first { $0.code == "connect.slow" }
        }
        #expect((slow.willRetryInMilliseconds ?? 0) > 60_000)
        #expect(await world.network.acceptCount == 5)
        #expect(await world.look { $0.errors.count { $0.code == "connect.refused" } } == 5)
        try await world.stop()
    }
}

/// Fault N3: whatever stands between us and a secure connection is told by its name, and never got round.
@Suite(.timeLimit(.minutes(2))) struct `A market feed that can't connect` {
    @Test(arguments: [
        ("ws://no-such-host.invalid:8808/v5/public", "connect.dns"),
        ("ws://127.0.0.1:1/v5/public", "connect.refused"),
    ])
    func `names a wrong address for what it is`(url: String, code: String) async throws {
        let world = try await FaultWorld { $0.publicURL = url }
        world.open()
        let error = try await world.until(code) { watch in
            watch.errors.first { $0.code.hasPrefix("connect.") }
        }
        #expect(error.code == code)
        #expect(error.willRetryInMilliseconds != nil)
        try await world.stop()
    }

    @Test func `asks for TLS again and again, and never speaks plain to a server that has none`() async throws
    {
        let world = try await FaultWorld { settings in
            settings.publicURL = settings.publicURL.replacing("ws://127", with: "wss://127")
        }
        world.open()
        _ = try await world.until("three tries") { watch in
            watch.errors.count { $0.code.hasPrefix("tls.") } >= 3 ? true : nil
        }
        let (connects, codes) = await world.look { ($0.connects.count, Set($0.errors.map(\.code))) }
        #expect(connects == 0)
        #expect(codes.allSatisfy { $0.hasPrefix("tls.") }, "\(codes)")
        try await world.stop()
    }
}
