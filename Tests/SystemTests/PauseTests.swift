import ControlProtocol
import Testing

@Suite struct `A paused daemon` {
    private static let actsOnVenue = ["submitting", "amending", "cancelling"]

    @Test func `sends no order after the acknowledged number, goes on watching, and resumes`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            // When
            let pause = try await bot.command("pause --reason system-test")
            let refused = try await bot.row("risk:rejected_intent", after: pause)
            _ = try await bot.row("risk:rejected_intent", after: refused.sequence)
            let resume = try await bot.command("resume")
            // Then
            let meanwhile = try bot.journal.rows(after: pause).prefix { $0.sequence < resume }
            let actions = meanwhile.filter { row in
                row.topic == "exec:order_event"
                    && row.payload["state"]?.string.map(Self.actsOnVenue.contains) == true
            }
            #expect(actions.isEmpty, "\(actions)")
            let refusals = meanwhile.filter { $0.topic == "risk:rejected_intent" }
            // At the very resume, intents may already be refused for other reasons than the pause.
            #expect(refusals.first?.payload["failed"]?["check"]?.string != nil)
            #expect(refusals.contains { $0.payload["failed"]?["check"]?.string == "paused" })
            #expect(meanwhile.contains { $0.topic == "market:orderbook_delta" })
            #expect(meanwhile.contains { $0.topic == "analytics:features" })
            let order = try await bot.order(after: resume)
            #expect(order.sequence > resume)
        }
    }

    @Test func `says that a second pause changes nothing`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            let first = try await bot.botctl("pause --json")
            let second = try await bot.botctl("pause --json")
            #expect(try first.json()["changed"]?.bool == true)
            #expect(second.status == 0)
            #expect(try second.json()["changed"]?.bool == false)
        }
    }

    @Test(arguments: [true, false])
    func `is paused again, with its positions, after a restart`(inGoodOrder: Bool) async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.row("portfolio:position_update", "of a fill") {
                $0["meta"]?["correlationId"] != nil
            }
            let pause = try await bot.command("pause")
            let before = try await bot.isLifecycle("PAUSED")
            // When
            if inGoodOrder { bot.daemon.terminate() } else { bot.daemon.kill() }
            #expect(try await bot.daemon.exitStatus() == (inGoodOrder ? 0 : -9))
            let head = try bot.journal.extent().last
            #expect(head >= pause)
            try await bot.restartDaemon()
            // Then
            let after = try await bot.isLifecycle("PAUSED")
            #expect(after["paused"]?.bool == true)
            let held = Self.holdings(before)
            #expect(!held.isEmpty)
            #expect(Self.holdings(after) == held)
            #expect(Self.total(after, "fees") == Self.total(before, "fees"))
            #expect(Self.total(after, "realisedPnl") == Self.total(before, "realisedPnl"))
            let refused = try await bot.row("risk:rejected_intent", after: head)
            let orders = try bot.journal.rows("exec:order_event", after: pause)
            #expect(orders.allSatisfy { $0.payload["state"]?.string != "submitting" })
            let extent = try bot.journal.extent()
            #expect(extent.first == 1 && extent.count == extent.last, "the numbers go on where they ended")
            #expect(refused.sequence > head)
            _ = try await bot.command("resume")
            _ = try await bot.order(after: refused.sequence)
        }
    }

    /// What is held, without the marks that move with the market.
    private static func holdings(_ status: JSONValue) -> [[JSONValue?]] {
        (status["positions"]?.array ?? []).map { position in
            ["instrument", "side", "quantity", "entry", "realisedPnl", "fees"].map { position[$0] }
        }
    }

    private static func total(_ status: JSONValue, _ key: String) -> JSONValue? { status["account"]?[key] }
}
