import Contracts
import GRDB

extension SegmentBuilder {
    /// Takes rows while the file is being filled.
    struct Target {
        let builder: SegmentBuilder
        let database: Database

        /// Gives every topic and source its number.
        func nameEverything() throws {
            _ = try SegmentSchema.numbers(of: Topic.allCases.map(\.rawValue), in: "topics", database)
            _ = try SegmentSchema.numbers(
                of: EventMeta.Source.allCases.map(\.rawValue),
                in: "sources",
                database
            )
        }

        /// Adds a row that has its link.
        func add(_ row: borrowing RowView, hash: ChainHash) throws {
            try database.cachedStatement(
                sql: """
                    INSERT INTO entries(seq, ts, topic, source, correlation, root, hash, payload)
                        VALUES(?,?,?,?,?,?,?,?)
                    """
            ).execute(arguments: [
                row.seq, row.ts, try number(of: row.topic, in: "topics", \.topics),
                try number(of: row.source, in: "sources", \.sources), row.correlation, row.isRoot,
                hash.data, row.payloadText,
            ])
        }

        /// Adds a row of a time without links, and gives it the one that follows `previous`.
        func add(_ row: borrowing RowView, after previous: ChainHash) throws -> ChainHash {
            let hash = row.hash(after: previous, &builder.hasher, &builder.canonical)
            try add(row, hash: hash)
            return hash
        }

        func addTombstone(_ tombstone: Tombstone) throws {
            try database.cachedStatement(sql: "INSERT INTO tombstones(first, last, hash) VALUES(?,?,?)")
                .execute(arguments: [
                    Int64(tombstone.first), Int64(tombstone.last), tombstone.hash.data,
                ])
        }

        func addSnapshot(seq: Int64, part: String, request: Int64?) throws {
            try database.cachedStatement(sql: "INSERT INTO snapshots(seq, part, request) VALUES(?,?,?)")
                .execute(arguments: [seq, part, request])
        }

        private func number(
            of name: String,
            in table: String,
            _ known: ReferenceWritableKeyPath<SegmentBuilder, [String: Int64]>
        ) throws -> Int64 {
            if let number = builder[keyPath: known][name] { return number }
            let number = try SegmentSchema.numbers(of: [name], in: table, database)[0]
            builder[keyPath: known][name] = number
            return number
        }
    }
}
