import ControlProtocol
import Foundation
import Testing

@Suite struct `A daemon that is held still` {
    /// Data older than this are not decided on.
    private static let ageMax: Int64 = 1_500

    @Test func `decides nothing on what has grown old meanwhile, and goes on (P2)`() async throws {
        var settings = DaemonSettings()
        settings.changes["market.stale_ms"] = "1000"
        settings.changes["market.stale_exchange_ms"] = String(Self.ageMax)
        try await withDaemon(settings) { bot in
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            // The last event from outside before the standstill may be the journal's newest one already.
            let before = max(0, try bot.journal.extent().last - 200)
            // When
            bot.daemon.freeze()
            try await Task.sleep(for: .seconds(5))
            bot.daemon.thaw()
            // Then it goes on, and what it ordered followed from data within their bound
            let still = try await eventually("the standstill in the journal") {
                Standstill(try bot.journal.rows(after: before), longerThan: 4_000)
            }
            let order = try await bot.order(after: still.end)
            let rows = try bot.journal.rows(after: before).filter { $0.sequence <= order.sequence }
            #expect(oldestData(of: rows) <= Self.ageMax)
            try check(rows, after: still)
            try await bot.endsWhole()
        }
    }

    /// Until an instrument was found fresh again, nothing of it was ordered: timers that were due meanwhile included,
    /// whose rows bear the times at which they were due.
    private func check(_ rows: [JournalRow], after still: Standstill) throws {
        var fresh: Set<String> = []
        var isStaleSeen = false
        for row in rows where row.sequence > still.begin {
            guard let instrument = row.payload["instrument"]?.string else { continue }
            if row.topic == "market:health" {
                if row.payload["state"]?.string == "fresh" {
                    fresh.insert(instrument)
                } else {
                    isStaleSeen = true
                }
            }
            let isPlaced = row.topic == "exec:order_event" && row.payload["state"]?.string == "submitting"
            guard isPlaced, let time = row.time, time > still.time else { continue }
            #expect(fresh.contains(instrument), "\(row.sequence) \(row.payload)")
        }
        #expect(isStaleSeen)
    }

    /// The greatest age of the newest data that an order was made on.
    private func oldestData(of rows: [JournalRow]) -> Int64 {
        var newest: [String: Int64] = [:]
        var oldest: Int64 = 0
        for row in rows {
            guard let now = row.time, let instrument = row.payload["instrument"]?.string else { continue }
            if row.topic.hasPrefix("market:") {
                newest[instrument] = max(newest[instrument] ?? 0, row.payload["exchangeTime"]?.integer ?? 0)
            } else if row.topic == "exec:order_event", row.payload["state"]?.string == "submitting" {
                if let made = newest[instrument] { oldest = max(oldest, now - made) }
            }
        }
        return oldest
    }
}

/// The time between two events from outside in which the process stood still.
private struct Standstill {
    /// The number and the time of the last event from outside before, and the number of the first one behind.
    let begin: Int64
    let time: Int64
    let end: Int64

    init?(_ rows: [JournalRow], longerThan milliseconds: Int64) {
        let roots = rows.filter { $0.isRoot && $0.time != nil }
        for (row, next) in zip(roots, roots.dropFirst()) {
            guard let time = row.time, let later = next.time, later - time > milliseconds else { continue }
            (begin, self.time, end) = (row.sequence, time, next.sequence)
            return
        }
        return nil
    }
}

extension JournalRow {
    fileprivate var time: Int64? { payload["meta"]?["ts"]?.integer }
}
