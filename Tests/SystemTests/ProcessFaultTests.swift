import ControlProtocol
import Foundation
import Testing

private let ageBound: Int64 = 1_500

@Suite struct `A daemon that is held still` {
    @Test func `decides nothing on what has grown old meanwhile, and goes on (P2)`() async throws {
        var settings = DaemonSettings()
        settings.changes["market.stale_ms"] = "1000"
        settings.changes["market.stale_exchange_ms"] = String(ageBound)
        try await withDaemon(settings) { bot in
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            let before = try bot.journal.extent().last
            // When
            bot.daemon.freeze()
            try await Task.sleep(for: .seconds(4))
            bot.daemon.thaw()
            // Then it goes on, and what it ordered followed from data within their bound
            let order = try await bot.order(after: before + 500)
            let rows = try bot.journal.rows(after: before).filter { $0.sequence <= order.sequence }
            let (longestGap, oldest) = ages(of: rows)
            #expect(oldest <= ageBound)
            #expect(longestGap > 3_000, "it was held still")
            bot.daemon.terminate()
            #expect(try await bot.daemon.exitStatus() == 0)
            let verdict = try RunningProgram(
                "botlab",
                ["journal", "verify", bot.journal.folder],
                folder: bot.folder,
                name: "verify"
            )
            #expect(try await verdict.exitStatus() == 0, "\(verdict.output)")
        }
    }
}

/// The longest time between two rows, and the greatest age of the newest data that an order was made on.
private func ages(of rows: [JournalRow]) -> (gap: Int64, data: Int64) {
    var newest: [String: Int64] = [:]
    var longest: Int64 = 0
    var oldest: Int64 = 0
    var time: Int64 = 0
    for row in rows {
        guard let now = row.payload["meta"]?["ts"]?.integer else { continue }
        if time > 0 { longest = max(longest, now - time) }
        time = now
        guard let instrument = row.payload["instrument"]?.string else { continue }
        if row.topic.hasPrefix("market:") {
            let made = row.payload["exchangeTime"]?.integer ?? 0
            newest[instrument] = max(newest[instrument] ?? 0, made)
        } else if row.topic == "exec:order_event", row.payload["state"]?.string == "submitting" {
            if let made = newest[instrument] { oldest = max(oldest, now - made) }
        }
    }
    return (longest, oldest)
}
