import ControlProtocol
import Testing

@Suite struct `The daemon's log` {
    @Test func `is read, made finer, shut off and on again by botctl`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            // When
            let tail = try await bot.botctl("logs tail -n 5")
            // Then
            let lines = tail.output.split(separator: "\n")
            #expect(tail.status == 0)
            #expect(lines.count == 5)
            #expect(lines.allSatisfy { $0.contains("topic=") && $0.contains("seq=") })

            // When
            #expect(!bot.daemon.errors.contains(" debug "))
            _ = try await bot.command("logs level debug")
            // Then
            _ = try await eventually("a debug line") { bot.daemon.errors.contains(" debug ") ? true : nil }

            // When
            let off = try await bot.command("logs off")
            let unsaid = try await bot.order(after: off)
            let on = try await bot.command("logs on")
            let said = try await bot.order(after: on)
            // Then
            _ = try await eventually("the line of an order") {
                Self.numbers(in: bot.daemon.errorLines).contains(said.sequence) ? true : nil
            }
            let numbers = Self.numbers(in: bot.daemon.errorLines)
            #expect(unsaid.sequence < on)
            #expect(numbers.allSatisfy { $0 <= off || $0 >= on }, "\(numbers)")
        }
    }

    /// The events that the lines are about.
    private static func numbers(in lines: [String]) -> [Int64] {
        lines.compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("seq=") }.flatMap { Int64($0.dropFirst(4)) }
        }
    }
}
