import ControlProtocol
import Testing

@Suite struct `The market connection` {
    @Test func `comes back after the exchange was killed, and trading goes on`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            // When
            let head = try bot.journal.extent().last
            try await bot.killExchange()
            let lost = try await bot.row("market:disconnected", after: head)
            _ = try await bot.health("stale", after: lost.sequence)
            try await bot.restartExchange()
            // Then
            let back = try await bot.row("market:connected", after: lost.sequence)
            #expect(back.payload["attempt"]?.integer == 2)
            _ = try await bot.health("fresh", after: back.sequence)
            let meanwhile = try bot.journal.rows("risk:approved_intent", after: lost.sequence)
                .filter { $0.sequence < back.sequence }
            #expect(meanwhile.isEmpty, "nothing is approved while the connection is lost")
            _ = try await bot.order(after: back.sequence)
            let status = try await bot.isLifecycle("RUNNING")
            let feeds = status["feeds"]?.array ?? []
            #expect(feeds.count == 4 && feeds.allSatisfy { $0["state"]?.string == "fresh" })
        }
    }

    @Test func `is made anew when the exchange falls silent`() async throws {
        var settings = DaemonSettings()
        settings.changes["market.silence_seconds"] = "2"
        try await withDaemon(settings) { bot in
            try await bot.isLifecycle("RUNNING")
            try bot.exchange.tell("silence 20")
            let lost = try await bot.row("market:disconnected")
            #expect(lost.payload["reason"]?.string == "silence")
            try await Self.expectRecovery(bot, after: lost)
        }
    }

    @Test func `is made anew when the exchange drops it`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            try bot.exchange.tell("drop")
            let lost = try await bot.row("market:disconnected")
            #expect(lost.payload["reason"]?.string == "closedByPeer")
            #expect((lost.payload["willRetryInMs"]?.integer ?? -1) >= 0)
            try await Self.expectRecovery(bot, after: lost)
        }
    }

    @Test func `asks for a book anew when an update is missing, and stays`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let head = try bot.journal.extent().last
            // When
            try bot.exchange.tell("gap")
            // Then
            let resyncing = try await bot.health("resyncing", after: head)
            let fresh = try await bot.row("market:health", after: resyncing.sequence, "fresh again") {
                $0["state"]?.string == "fresh" && $0["instrument"] == resyncing.payload["instrument"]
            }
            let error = try await bot.row("market:error", after: head)
            #expect(error.payload["code"]?.string == "book.gap")
            #expect(fresh.sequence > resyncing.sequence)
            #expect(try bot.journal.rows("market:disconnected").isEmpty)
        }
    }

    @Test func `drops and counts frames it can't read, and lives`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let head = try bot.journal.extent().last
            // When
            try bot.exchange.tell("garbage 3")
            // Then
            let error = try await bot.row("market:error", after: head)
            #expect(error.payload["code"]?.string?.hasPrefix("frame.") == true)
            let counted = try await bot.row("market:error", after: error.sequence, "with a count") {
                $0["what"]?.string?.contains("more)") == true
            }
            _ = try await bot.row("market:orderbook_delta", after: counted.sequence)
            #expect(try bot.journal.rows("market:disconnected").isEmpty)
            try await bot.isLifecycle("RUNNING")
        }
    }

    /// A second connection with whole books, on a daemon that never left RUNNING for STOPPED or FAILED.
    private static func expectRecovery(_ bot: DaemonFixture, after lost: JournalRow) async throws {
        let back = try await bot.row("market:connected", after: lost.sequence)
        #expect(back.payload["attempt"]?.integer == 2)
        for symbol in DaemonSettings().symbols {
            _ = try await bot.row("market:health", after: back.sequence, "fresh \(symbol)") {
                $0["state"]?.string == "fresh" && $0["instrument"]?.string == "linear:" + symbol
            }
        }
        #expect(try bot.journal.rows("market:disconnected").count == 1)
        try await bot.isLifecycle("RUNNING")
    }
}
