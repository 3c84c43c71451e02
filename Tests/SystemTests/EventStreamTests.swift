import ControlProtocol
import Testing

@Suite struct `botctl events` {
    private static let topic = "exec:order_event"

    @Test func `streams what the journal keeps, no more and no less`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let stream = try bot.startBotctl("events --topic \(Self.topic) --json")
            // When
            _ = try await eventually("two orders on the stream") {
                try DaemonFixture.jsonLines(stream.output).count >= 6 ? true : nil
            }
            stream.interrupt()
            _ = try await stream.exitStatus()
            // Then
            try await Self.expectJournal(of: bot, equals: try DaemonFixture.jsonLines(stream.output))
        }
    }

    @Test func `gives history and goes on live, without gap or double`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            let history = try bot.journal.rows(Self.topic).count
            // When
            let wanted = history + 6
            let answer = try await bot.botctl(
                "events --from 1 --topic \(Self.topic) --json --count \(wanted)"
            )
            // Then
            #expect(answer.status == 0, "\(answer.errors)")
            let events = try answer.events()
            #expect(events.count == wanted)
            try await Self.expectJournal(of: bot, equals: events, from: 1)
        }
    }

    @Test func `accounts for every event from the first, however long the history is`() async throws {
        var settings = DaemonSettings()
        settings.messagesPerSecond = 100
        try await withDaemon(settings) { bot in
            // Given
            let beyond = Int64(ControlLimits.subscriberEventsMax) + 1000
            _ = try await eventually("a history longer than a subscriber's queue") {
                (try? bot.journal.extent()).flatMap { $0.last > beyond ? true : nil }
            }
            // When
            let stream = try bot.startBotctl("events --from 1 --json")
            let head = try bot.journal.extent().last
            _ = try await eventually("the stream to reach the live events") {
                let last = try DaemonFixture.jsonLines(stream.output).last
                let reached = last?["seq"]?.integer ?? last?["gap"]?["to"]?.integer ?? 0
                return reached > head ? true : nil
            }
            // Then
            #expect(try Self.holes(in: DaemonFixture.jsonLines(stream.output), after: 0).isEmpty)
        }
    }

    @Test func `ends at the newest event when told not to follow`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.row(Self.topic, "filled") { $0["state"]?.string == "filled" }
            let pause = try await bot.command("pause")
            // When
            let answer = try await bot.botctl("events --from 1 --topic \(Self.topic) --json --no-follow")
            // Then
            #expect(answer.status == 0, "\(answer.errors)")
            let kept = try bot.journal.rows(Self.topic).filter { $0.sequence <= pause }
            #expect(try answer.events().map { $0["seq"]?.integer } == kept.map(\.sequence))
        }
    }

    /// The streamed events are the journal's rows of that topic, from the first one streamed to the last.
    private static func expectJournal(
        of bot: DaemonFixture,
        equals events: [JSONValue],
        from first: Int64? = nil
    ) async throws {
        let numbers = events.compactMap { $0["seq"]?.integer }
        let (low, high) = (try #require(first ?? numbers.first), try #require(numbers.last))
        try await bot.journalReaches(high)
        let rows = try bot.journal.rows(topic, after: low - 1).filter { $0.sequence <= high }
        #expect(numbers == rows.map(\.sequence))
        #expect(events.map { $0["payload"] } == rows.map(\.payload))
        #expect(events.allSatisfy { $0["topic"]?.string == topic })
    }

    /// Numbers that neither an event nor a gap frame accounts for, with where the stream went on.
    static func holes(in frames: [JSONValue], after start: Int64) -> [ClosedRange<Int64>] {
        var (last, holes) = (start, [ClosedRange<Int64>]())
        for frame in frames {
            let (low, high): (Int64, Int64)
            if let gap = frame["gap"], let from = gap["from"]?.integer, let to = gap["to"]?.integer {
                (low, high) = (from, to)
            } else if let sequence = frame["seq"]?.integer {
                (low, high) = (sequence, sequence)
            } else {
                continue
            }
            if low != last + 1 { holes.append(min(last + 1, low)...max(last + 1, low)) }
            last = high
        }
        return holes
    }
}
