import Contracts
import GRDB

extension JournalReader {
    /// Hands the rows of `query` to `body`, in order, until that returns false.
    package func forEachRow(_ query: JournalQuery, _ body: (JournalRow) throws -> Bool) throws {
        let first = max(query.from, query.firstOfCorrelation)
        for place in try shelf.places() where place.last >= first && place.first <= query.through {
            guard try mayAnswer(place, query) else { continue }
            let reader = try reader(of: place, for: query)
            guard let (condition, arguments) = Self.condition(query, in: reader) else { continue }
            var goesOn = true
            try reader.scan(condition, arguments) { row in
                // In version 1 the topics are words, so they are compared here.
                if reader.version == SegmentSchema.firstVersion, !query.wants(topic: row.topic) {
                    return true
                }
                goesOn = try body(JournalRow(row))
                return goesOn
            }
            guard goesOn else { return }
        }
    }

    /// The rows of `query`, `limit` of them at most.
    package func rows(_ query: JournalQuery, limit: Int = 10_000) throws(JournalError) -> [JournalRow] {
        var rows: [JournalRow] = []
        guard limit > 0 else { return rows }
        do {
            try forEachRow(query) { row in
                rows.append(row)
                return rows.count < limit
            }
        } catch {
            throw SQLiteError.explain(error, path: path) { .cannotRead(path: path, why: $0) }
        }
        return rows
    }

    /// The rows of a range of numbers, in order, `limit` of them at most.
    package func rows(
        in range: ClosedRange<UInt64>,
        limit: Int = 10_000
    ) throws(JournalError) -> [JournalRow] {
        try rows(JournalQuery(from: range.lowerBound, through: range.upperBound), limit: limit)
    }

    /// All that followed from one intent or command, in order.
    package func rows(
        correlation: CorrelationID,
        limit: Int = 10_000
    ) throws(JournalError) -> [JournalRow] {
        try rows(JournalQuery(correlation: correlation), limit: limit)
    }

    /// How many events each topic has, by the topic's name.
    package func countsByTopic() throws(JournalError) -> [(topic: String, count: Int)] {
        var counts: [String: Int] = [:]
        for place in try shelf.places() {
            let reader = try shelf.reader(of: place)
            let found = try reader.read { database in
                try Row.fetchAll(database, sql: "SELECT topic, count(*) FROM events GROUP BY topic").map {
                    (try $0.text(0), try $0.whole(1))
                }
            }
            for (topic, count) in found { counts[topic, default: 0] += Int(count) }
        }
        return counts.sorted { $0.key < $1.key }.map { (topic: $0.key, count: $0.value) }
    }

    /// Where the rows of the query are looked for: what is kept beside a compressed segment spares unpacking it.
    private func reader(
        of place: SegmentShelf.Place,
        for query: JournalQuery
    ) throws(JournalError) -> SegmentReader {
        if let correlation = query.correlation, ChainsFile.holds(correlation),
            let chains = try shelf.chains(of: place)
        {
            return chains
        }
        return try shelf.reader(of: place)
    }

    /// Whether a segment can have rows of the query, as far as it says itself.
    private func mayAnswer(_ place: SegmentShelf.Place, _ query: JournalQuery) throws(JournalError) -> Bool {
        if let correlation = query.correlation,
            try !shelf.mayHold(correlation.description, in: place)
        {
            return false
        }
        guard query.since != nil || query.until != nil, let seal = try shelf.facts(of: place)?.seal else {
            return true
        }
        if let since = query.since, seal.lastTs < since { return false }
        if let until = query.until, seal.firstTs > until { return false }
        return true
    }

    /// The condition in SQL; nil where the segment has none of the topics.
    private static func condition(
        _ query: JournalQuery,
        in reader: SegmentReader
    ) -> (String, StatementArguments)? {
        var parts: [String] = []
        var arguments: [any DatabaseValueConvertible] = []
        func add(_ part: String, _ argument: any DatabaseValueConvertible) {
            parts.append(part)
            arguments.append(argument)
        }
        if let correlation = query.correlation {
            add("correlation = ?", correlation.description)
        }
        // Without a correlation the numbers lead; with one, its index does.
        let seq = query.correlation == nil ? "seq" : "+seq"
        if query.from > 1 { add("\(seq) >= ?", Int64(clamping: query.from)) }
        if query.through < .max { add("\(seq) <= ?", Int64(clamping: query.through)) }
        if let since = query.since { add("ts >= ?", since) }
        if let until = query.until { add("ts <= ?", until) }
        if query.rootsOnly { parts.append("root = 1") }
        if !query.topics.isEmpty, reader.version > SegmentSchema.firstVersion {
            let numbers = reader.names.topics.filter { query.wants(topic: $0.value) }.map(\.key).sorted()
            guard !numbers.isEmpty else { return nil }
            parts.append("topic IN (\(numbers.map(String.init).joined(separator: ",")))")
        }
        let condition = parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND ")
        return ("\(condition) ORDER BY seq", StatementArguments(arguments))
    }
}
