import ControlProtocol
import Testing

@Suite struct `A connection over TLS` {
    @Test func `is made to an exchange whose authority the configuration names`() async throws {
        var settings = DaemonSettings()
        settings.isSecure = true
        try await withDaemon(settings) { bot in
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.row("market:instrument")
            _ = try await bot.row("market:orderbook_delta")
            #expect(try bot.journal.rows("market:error").isEmpty)
        }
    }

    @Test func `is refused without the authority, told as TLS, and never made plain`() async throws {
        var settings = DaemonSettings()
        settings.isSecure = true
        settings.trustsSimulator = false
        try await withDaemon(settings) { bot in
            // When
            let first = try await bot.row("market:error", "of TLS") { $0["code"]?.string == "tls.untrusted" }
            _ = try await bot.row("market:error", after: first.sequence, "of TLS again") {
                $0["code"]?.string == "tls.untrusted"
            }
            // Then
            #expect(try bot.journal.rows("market:connected").isEmpty)
            #expect(try bot.journal.rows("market:orderbook_delta").isEmpty)
            #expect(try await bot.status()["lifecycle"]?.string == "RECOVERING")
        }
    }
}
