import Contracts
import GRDB
import Performance

/// The results of a sweep as a SQLite file: `sweep`, `runs` with their figures and digests, `parameters`.
struct SweepFile {
    private let queue: DatabaseQueue

    /// Makes the file at `path`, which must not be there yet.
    init(path: String, about: [(key: String, value: String)]) throws {
        queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: Self.schema)
            for (key, value) in about {
                try database.execute(
                    sql: "INSERT INTO sweep (key, value) VALUES (?, ?)",
                    arguments: [key, value]
                )
            }
        }
    }

    /// Keeps one run at once, so that a sweep that is broken off keeps what it had.
    func write(_ row: SweepRow) throws {
        try queue.write { database in
            try database.execute(sql: Self.insert, arguments: StatementArguments(Self.values(of: row)))
            for (key, value) in row.parameters {
                try database.execute(
                    sql: "INSERT INTO parameters (run, key, value) VALUES (?, ?, ?)",
                    arguments: [row.number, key, value]
                )
            }
        }
    }

    /// Ends the file.
    func close() throws { try queue.close() }

    private static let schema = """
        CREATE TABLE sweep (key TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE runs (\(columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")));
        CREATE TABLE parameters (
            run INTEGER NOT NULL REFERENCES runs (run), key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (run, key)
        );
        """

    private static let insert =
        "INSERT INTO runs (\(columns.map(\.name).joined(separator: ", "))) VALUES "
        + "(\(columns.map { _ in "?" }.joined(separator: ", ")))"

    private static let columns: [(name: String, type: String)] = [
        ("run", "INTEGER PRIMARY KEY"), ("failure", "TEXT"), ("decision_digest", "TEXT"),
        ("event_digest", "TEXT"), ("final_equity", "REAL"), ("total_return", "REAL"), ("sharpe", "REAL"),
        ("sortino", "REAL"), ("calmar", "REAL"), ("max_drawdown", "REAL"), ("profit_factor", "REAL"),
        ("price_profit", "TEXT"), ("fees", "TEXT"), ("funding", "TEXT"), ("slippage", "TEXT"),
        ("orders", "INTEGER"), ("fills", "INTEGER"), ("trades", "INTEGER"), ("won", "INTEGER"),
        ("rejected", "INTEGER"), ("exposure_mean", "REAL"), ("errors", "INTEGER"), ("events", "INTEGER"),
        ("cpu_seconds", "REAL"),
    ]

    private static func values(of row: SweepRow) -> [(any DatabaseValueConvertible)?] {
        guard let figures = row.figures else {
            return [row.number, row.failure] + Array(repeating: nil, count: columns.count - 2)
        }
        let performance = figures.performance
        return [
            row.number, nil, figures.decisionDigest, figures.eventDigest, figures.finalEquity,
            performance.totalReturn, performance.sharpe, performance.sortino, performance.calmar,
            performance.drawdownMax, performance.profitFactor, figures.price.description,
            figures.fees.description, figures.funding.description, figures.slippage.description,
            figures.orders, figures.fills, figures.trades, figures.won, figures.rejected,
            figures.exposureMean, figures.errors, Int64(figures.events), figures.cpuSeconds,
        ]
    }
}
