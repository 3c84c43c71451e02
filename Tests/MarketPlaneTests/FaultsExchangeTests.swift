import Contracts
import ExchangeSimulator
import FoundationEssentials
import MarketPlane
import Testing

/// Faults X4, X5, X6 and X10 of the exchange, over real sockets.
@Suite(.oneWorldEach) struct `A market feed on a failing exchange` {
    @Test(arguments: [
        (RestFault.overloaded, "instruments.throttled"), (.limited, "instruments.throttled"),
        (.forbidden, "instruments.resting"),
    ])
    func `asks less of REST when told to, and the stream goes on`(fault: RestFault, code: String) async throws
    {
        let world = try await FaultWorld()
        await world.exchange.inject(.rest(fault, .seconds(3600)))
        try await world.openAndSettle()
        let error = try await world.until(code) { $0.errors(code).first }
        let wait = error.willRetryInMilliseconds ?? 0
        #expect(fault == .forbidden ? wait >= 599_000 : wait > 0)
        try await world.endsWithTheExchangesBook()
        #expect(await world.look { $0.specs.isEmpty && $0.disconnects.isEmpty })
        try await world.stop()
    }

    @Test(arguments: [
        (RestFault.html, "exchange.unparsed"), (.truncated, "exchange.unparsed"),
        (.badGateway, "instruments.http"), (.cut, "instruments.unreachable"),
        (.unknownCode, "instruments.refused"), (.empty, "exchange.unparsed"),
    ])
    func `tells an answer that it can't use, and takes the next`(fault: RestFault, code: String) async throws
    {
        let world = try await FaultWorld { settings, _ in settings.instrumentRefreshMilliseconds = 500 }
        await world.exchange.inject(.rest(fault, .seconds(4)))
        world.open()
        let error = try await world.until("an error of the rules") { watch in
            watch.errors.first { $0.code == code }
        }
        #expect(!error.why.isEmpty)
        let spec = try await world.until("the rules") {
            $0.specs.first { $0.instrument == FaultWorld.instrument }
        }
        #expect(spec.status == .trading)
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `counts malformed frames and stays connected`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.garbage(.zero))
        _ = try await world.until("the complaint") { $0.errors("frame.malformed").first }
        try await world.endsWithTheExchangesBook()
        #expect(await world.look { $0.disconnects.isEmpty })
        try await world.stop()
    }

    @Test func `says that instruments are closed in a maintenance, and that they trade again`() async throws {
        let world = try await FaultWorld { settings, _ in settings.instrumentRefreshMilliseconds = 100 }
        world.open(to: [.orderBook(depth: FaultWorld.depth), .systemStatus])
        _ = try await world.until("trading") { $0.specs.contains { $0.status == .trading } ? true : nil }
        await world.exchange.inject(.maintenance(.seconds(4)))
        _ = try await world.until("the closing") { $0.specs.last?.status != .trading ? true : nil }
        _ = try await world.until("trading again") { $0.specs.last?.status == .trading ? true : nil }
        #expect(await world.look { $0.statuses.contains { $0.state == .ongoing } })
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `comes back after a restart with books that begin anew`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.restart(.milliseconds(300)))
        _ = try await world.until("a second connection") { $0.connects.count == 2 ? true : nil }
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `closes the gate while the feed lives on with times that stand still`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.stale(.seconds(5)))
        let stale = try await world.until("stale") { watch in
            watch.healths.dropFirst().first { $0.instrument == FaultWorld.instrument && $0.state == .stale }
        }
        #expect(stale.exchangeAgeMilliseconds > stale.ageMilliseconds)
        _ = try await world.until("fresh again") { watch in
            watch.health[FaultWorld.instrument]?.state == .fresh ? true : nil
        }
        try await world.endsWithTheExchangesBook()
        #expect(await world.look { $0.disconnects.isEmpty })
        try await world.stop()
    }

    @Test func `closes the gate of one symbol that is frozen, and of no other`() async throws {
        let world = try await FaultWorld(symbols: ["linear:BTCUSDT", "linear:ETHUSDT"])
        try await world.openAndSettle([FaultWorld.instrument, FaultWorld.other])
        await world.exchange.inject(.freezeSymbol("ETHUSDT", .seconds(4)))
        _ = try await world.until("the frozen one stale") { watch in
            watch.health[FaultWorld.other]?.state == .stale ? true : nil
        }
        #expect(await world.look { $0.health[FaultWorld.instrument]?.state } == .fresh)
        _ = try await world.until("fresh again") { $0.health[FaultWorld.other]?.state == .fresh ? true : nil }
        try await world.endsWithTheExchangesBook()
        try await world.stop()
    }

    @Test func `publishes no crossed book and asks for it anew`() async throws {
        let world = try await FaultWorld()
        try await world.openAndSettle()
        await world.exchange.inject(.crossed)
        _ = try await world.until("resyncing") { $0.states().contains(.resyncing) ? true : nil }
        _ = try await world.until("fresh again") { watch in
            watch.health[FaultWorld.instrument]?.state == .fresh ? true : nil
        }
        try await world.endsWithTheExchangesBook()
        let (crossed, disconnects) = await world.look { ($0.crossedCount, $0.disconnects.count) }
        #expect(crossed == 0 && disconnects == 0)
        try await world.stop()
    }
}

/// Fault N3 again: a certificate that nobody should take is not taken.
@Suite(.oneWorldEach) struct `A market feed that is shown a certificate` {
    @Test(arguments: [
        (TLSFault.expired, "tls.expired"), (.wrongHost, "tls.hostname"), (.untrusted, "tls.untrusted"),
    ])
    func `refuses a bad one by its name, and takes the good one after it`(
        fault: TLSFault,
        code: String
    ) async throws {
        try await withScratchFolder { folder in
            let world = try await FaultWorld(
                options: { options in
                    options.tlsListen = ListenAddress(port: 0)
                    options.certificate = .selfSigned(directory: folder)
                },
                settings: { settings, ports in
                    settings.publicURL = "wss://127.0.0.1:\(ports.tls ?? 0)/v5/public"
                    settings.caFile = trust(in: folder)
                }
            )
            await world.exchange.inject(.tls(fault, .seconds(4)))
            world.open()
            let error = try await world.until(code) { watch in
                watch.errors.first { $0.code.hasPrefix("tls.") || $0.code.hasPrefix("connect.") }
            }
            #expect(error.code == code)
            #expect(await world.look { $0.connects.isEmpty })
            try await world.endsWithTheExchangesBook()
            try await world.stop()
        }
    }
}

/// Gives `body` an empty folder that is gone afterwards.
private func withScratchFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/tb-faults-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// One file with every certificate that the simulator wrote, so that nothing but the fault itself is wrong with them.
private func trust(in folder: String) -> String {
    let files = ["cert.pem", "expired.pem", "wrong-host.pem"].map { folder + "/" + $0 }
    let texts = files.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    let file = folder + "/trusted.pem"
    try? Data(texts.joined(separator: "\n").utf8).write(to: URL(filePath: file))
    return file
}
