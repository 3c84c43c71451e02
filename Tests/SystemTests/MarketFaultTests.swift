import ControlProtocol
import Testing

/// Network faults N1 and N3 between the real programs; the rest of the catalogue is in MarketPlaneTests.
@Suite struct `A daemon whose exchange fails` {
    @Test(arguments: ["reset 1", "black-hole 3", "half-open"])
    func `loses the connection, says so, and has whole books again`(fault: String) async throws {
        var settings = DaemonSettings()
        settings.changes["market.silence_seconds"] = "2"
        try await withDaemon(settings) { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            // When
            try bot.exchange.tell(fault)
            // Then
            let lost = try await bot.row("market:disconnected")
            #expect((lost.payload["willRetryInMs"]?.integer ?? -1) >= 0)
            let back = try await bot.row("market:connected", after: lost.sequence)
            for symbol in settings.symbols {
                _ = try await bot.row("market:health", after: back.sequence, "fresh \(symbol)") {
                    $0["state"]?.string == "fresh" && $0["instrument"]?.string == "linear:" + symbol
                }
            }
            let meanwhile = try bot.journal.rows("risk:approved_intent", after: lost.sequence)
                .filter { $0.sequence < back.sequence }
            #expect(meanwhile.isEmpty, "nothing is approved while the connection is lost")
            try await bot.isLifecycle("RUNNING")
        }
    }

    @Test func `keeps away from an expired certificate, and takes the good one after it`() async throws {
        var settings = DaemonSettings()
        settings.isSecure = true
        try await withDaemon(settings) { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            // When
            try bot.exchange.tell("tls expired 4")
            try bot.exchange.tell("drop")
            // Then
            let refused = try await bot.row("market:error", "of the certificate") {
                $0["code"]?.string == "tls.expired"
            }
            let back = try await bot.row("market:connected", after: refused.sequence)
            _ = try await bot.health("fresh", after: back.sequence)
        }
    }

    @Test func `pauses its questions after a ban, while the stream goes on`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            try bot.exchange.tell("rest 403 3600")
            // A lost connection makes it ask for what it missed.
            try bot.exchange.tell("drop")
            let lost = try await bot.row("market:disconnected")
            let banned = try await bot.row("market:error", after: lost.sequence, "of the ban") {
                $0["code"]?.string?.hasSuffix(".resting") == true
            }
            _ = try await bot.row("market:orderbook_delta", after: banned.sequence)
            try await bot.isLifecycle("RUNNING")
        }
    }
}
