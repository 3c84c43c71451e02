import Contracts
import GRDB

/// The research's own SQLite file: feature vectors and what followed them.
package struct FeatureFile: Sendable {
    static let version = 1

    package let path: String
    private let database: DatabaseQueue

    /// Opens the file at `path`, or makes it.
    package init(path: String) throws(FeatureStoreError) {
        var configuration = Configuration()
        configuration.label = "features"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { database in
                let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard found <= Self.version else {
                    throw FeatureStoreError.newerVersion(path: path, found: found, known: Self.version)
                }
                try Self.create(database)
            }
        } catch {
            if let known = error as? FeatureStoreError { throw known }
            throw .cannotOpen(path: path, why: String(describing: error))
        }
        self.path = path
    }

    private static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS vectors(
                    instrument TEXT NOT NULL, schema INTEGER NOT NULL, bar_seconds INTEGER NOT NULL,
                    bar_end INTEGER NOT NULL, close TEXT NOT NULL, high TEXT NOT NULL, low TEXT NOT NULL,
                    "values" TEXT NOT NULL, seq INTEGER NOT NULL,
                    PRIMARY KEY(instrument, schema, bar_seconds, bar_end)) STRICT, WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS outcomes(
                    instrument TEXT NOT NULL, bar_seconds INTEGER NOT NULL, bar_end INTEGER NOT NULL,
                    horizon INTEGER NOT NULL, label INTEGER NOT NULL, barrier TEXT NOT NULL,
                    forward_return REAL NOT NULL, mfe REAL NOT NULL, mae REAL NOT NULL, seq INTEGER NOT NULL,
                    PRIMARY KEY(instrument, bar_seconds, bar_end, horizon)) STRICT, WITHOUT ROWID;
                PRAGMA user_version = \(version);
                """
        )
    }

    /// Writes all rows, or none; a row with the same key gives way to the newer one.
    func write(_ rows: [FeatureRow]) throws {
        try database.write { database in
            let vectors = try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO vectors(instrument, schema, bar_seconds, bar_end, close, high, low,
                        "values", seq) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            let outcomes = try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO outcomes(instrument, bar_seconds, bar_end, horizon, label, barrier,
                        forward_return, mfe, mae, seq) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for row in rows {
                switch row {
                case .vector(let vector): try vectors.execute(arguments: Self.arguments(of: vector))
                case .outcome(let outcome): try outcomes.execute(arguments: Self.arguments(of: outcome))
                }
            }
        }
    }

    /// How many vectors and outcomes the file holds.
    package func counts() throws(FeatureStoreError) -> (vectors: Int, outcomes: Int) {
        do {
            return try database.read { database in
                (
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM vectors") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM outcomes") ?? 0
                )
            }
        } catch {
            throw .cannotRead(path: path, why: String(describing: error))
        }
    }

    /// Lets go of the file.
    package func close() throws(FeatureStoreError) {
        do {
            try database.close()
        } catch {
            throw .cannotOpen(path: path, why: String(describing: error))
        }
    }

    private static func arguments(of vector: FeatureVectorRecorded) throws -> StatementArguments {
        var values: [UInt8] = []
        try EventJSONEncoder().encode(vector.values, into: &values)
        return [
            vector.instrument.description, vector.schemaVersion, vector.barSeconds, vector.barEnd,
            vector.close.description, vector.high.description, vector.low.description,
            String(decoding: values, as: UTF8.self), Int64(vector.meta.seq),
        ]
    }

    private static func arguments(of outcome: OutcomeRecorded) -> StatementArguments {
        [
            outcome.instrument.description, outcome.barSeconds, outcome.barEnd, outcome.horizonBars,
            outcome.label,
            outcome.barrier.rawValue, outcome.forwardReturn, outcome.maximumFavourable,
            outcome.maximumAdverse,
            Int64(outcome.meta.seq),
        ]
    }
}

/// What the feature store keeps.
enum FeatureRow: Sendable {
    case vector(FeatureVectorRecorded)
    case outcome(OutcomeRecorded)
}
