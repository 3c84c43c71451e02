import ControlProtocol
import Foundation
import Testing

@Suite struct `A daemon that is stopped` {
    private static let cleanup = "message_id=902295ffe87b4eb482cc99a37e47404b"

    @Test(arguments: ["SIGTERM", "SIGINT", "botctl stop"])
    func `ends in good order`(asked: String) async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            // When
            switch asked {
            case "SIGTERM": bot.daemon.terminate()
            case "SIGINT": bot.daemon.interrupt()
            default: _ = try await bot.command("stop")
            }
            // Then
            #expect(try await bot.daemon.exitStatus() == 0)
            let states = try bot.journal.rows("control:state").compactMap { $0.payload["lifecycle"]?.string }
            #expect(states.suffix(2) == ["STOPPING", "STOPPED"])
            #expect(bot.daemon.errorLines.count { $0.contains(Self.cleanup) } == 1)
            #expect(try bot.journal.rows("market:disconnected").count == 1)
            #expect(!FileManager.default.fileExists(atPath: bot.socketPath))
        }
    }

    @Test func `stops while the exchange is away, too`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            try await bot.killExchange()
            _ = try await bot.row("market:error", "of the lost exchange") {
                $0["code"]?.string?.hasPrefix("connect.") == true
            }
            bot.daemon.terminate()
            #expect(try await bot.daemon.exitStatus() == 0)
            let last = try bot.journal.rows("control:state").last
            #expect(last?.payload["lifecycle"]?.string == "STOPPED")
        }
    }

    @Test func `lets no second daemon work on its state`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            let second = try bot.anotherDaemon()
            #expect(try await second.exitStatus() == 75)
            #expect(second.errors.contains(String(bot.daemon.processID)), "\(second.errors)")
            try await bot.isLifecycle("RUNNING")
        }
    }
}
