import GRDB

/// Whether a journal is whole.
package struct JournalCheck: Hashable, Sendable {
    /// Numbers that are missing between two rows.
    package struct Gap: Hashable, Sendable {
        package let from: UInt64
        package let to: UInt64
    }

    /// Nil in an empty journal.
    package let first: UInt64?
    package let last: UInt64?
    package let count: Int
    /// The first hundred.
    package let gaps: [Gap]
    /// Rows whose time is before that of the row before them, and rows whose payload is no JSON.
    package let backwardCount: Int
    package let malformedCount: Int
    /// What SQLite says of the file's pages; empty where it is content.
    package let damage: [String]

    package var isWhole: Bool { gaps.isEmpty && backwardCount == 0 && malformedCount == 0 && damage.isEmpty }
}

extension JournalReader {
    /// Reads the whole file once and says what is wrong with it.
    package func check() throws(JournalError) -> JournalCheck {
        try read { database in
            let damage = try String.fetchAll(database, sql: "PRAGMA quick_check(10)").filter { $0 != "ok" }
            // In a damaged file the rows prove nothing.
            guard damage.isEmpty else {
                return JournalCheck(
                    first: nil,
                    last: nil,
                    count: 0,
                    gaps: [],
                    backwardCount: 0,
                    malformedCount: 0,
                    damage: damage
                )
            }
            let ends = try Row.fetchOne(database, sql: "SELECT min(seq), max(seq), count(*) FROM events")
            let pairs =
                "SELECT seq, ts, lag(seq) OVER (ORDER BY seq) AS before, lag(ts) OVER (ORDER BY seq) AS earlier FROM events"
            let gaps = try Row.fetchAll(
                database,
                sql: "SELECT before + 1, seq - 1 FROM (\(pairs)) WHERE seq <> before + 1 LIMIT 100"
            )
            return JournalCheck(
                first: (ends?[0] as Int64?).map { UInt64(clamping: $0) },
                last: (ends?[1] as Int64?).map { UInt64(clamping: $0) },
                count: ends?[2] ?? 0,
                gaps: gaps.map {
                    JournalCheck.Gap(
                        from: UInt64(clamping: $0[0] as Int64),
                        to: UInt64(clamping: $0[1] as Int64)
                    )
                },
                backwardCount: try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM (\(pairs)) WHERE ts < earlier"
                ) ?? 0,
                malformedCount: try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM events WHERE NOT json_valid(payload)"
                ) ?? 0,
                damage: []
            )
        }
    }
}
