import Contracts
import ControlProtocol
import Testing

@Suite struct `A running daemon` {
    @Test func `makes an intent a position under one correlation`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            // When
            let update = try await bot.row("portfolio:position_update", "of a fill") {
                $0["meta"]?["correlationId"] != nil
            }
            // Then
            let correlation = try #require(update.correlation)
            let chain = try bot.journal.rows(correlation: correlation)
            #expect(chain.map(\.sequence) == chain.map(\.sequence).sorted())
            let steps = chain.compactMap { row -> String? in
                row.topic == "exec:order_event" ? row.payload["state"]?.string : row.topic
            }
            let story = [
                "strategy:intent", "risk:approved_intent", "submitting", "filled",
                "portfolio:position_update",
            ]
            let places = story.map { steps.firstIndex(of: $0) ?? -1 }
            #expect(places.first == 0 && places == places.sorted(), "\(steps)")
            #expect(chain.allSatisfy { $0.payload["meta"]?["correlationId"]?.string == correlation })
            let fills = chain.filter { $0.payload["fill"] != nil && $0.sequence < update.sequence }
            let filled = try #require(fills.last?.payload["filledQuantity"]?.string)
            let isLong = fills.last?.payload["side"]?.string == "buy"
            #expect(update.payload["quantity"]?.string == (isLong ? filled : "-" + filled))
        }
    }

    @Test func `numbers every event once and without a gap, each with its meta`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.row("portfolio:position_update")
            // When
            bot.daemon.terminate()
            #expect(try await bot.daemon.exitStatus() == 0)
            // Then
            let extent = try bot.journal.extent()
            #expect(extent.first == 1)
            #expect(extent.count == extent.last)
            let rows = try bot.journal.rows()
            let topics = Set(Topic.allCases.map(\.rawValue))
            for row in rows {
                let meta = try #require(row.payload["meta"], "\(row.topic) \(row.sequence) has no meta")
                #expect(meta["seq"]?.integer == row.sequence)
                #expect((meta["ts"]?.integer ?? 0) > 0)
                #expect(meta["source"]?.string?.isEmpty == false)
                #expect(meta["correlationId"]?.string == row.correlation)
                #expect(topics.contains(row.topic))
            }
        }
    }

    @Test func `answers status with what the journal says`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            // When
            let pause = try await bot.command("pause")
            let status = try await bot.isLifecycle("PAUSED")
            // Then
            let head = try #require(status["seq"]?.integer)
            #expect(head >= pause)
            try await bot.journalReaches(head)
            let orders = try bot.journal.rows("exec:order_event").filter { $0.sequence <= head }
            let fills = orders.count { $0.payload["fill"] != nil }
            #expect(status["counts"]?["fills"]?.integer == Int64(fills))
            let submitted = orders.count { $0.payload["state"]?.string == "submitting" }
            #expect(status["counts"]?["orders"]?.integer == Int64(submitted))
            #expect(status["paused"]?.bool == true)
            #expect(status["mode"]?.string == "paper")
            #expect(status["journal"]?["failure"]?.isNull == true)
        }
    }
}
