import Logging

/// Lets a line through a few times a second and counts the rest, so that one loop can't drown the log.
///
/// Two lines are the same when level, message and fields are, but for `seq`, which counts on its own.
struct LogFold {
    /// How often the same line is written within one second.
    static let sameLinesPerSecondMax = 5
    /// How many different lines are watched within one second; further ones pass.
    static let lineKindsMax = 512

    private struct Kind: Hashable {
        let level: Logger.Level
        let message: String
        let fields: [LogLine.Field]
    }

    private struct Seen {
        var count: Int
        var last: LogLine
    }

    private var seen: [Kind: Seen] = [:]
    private var order: [Kind] = []

    /// Whether this line is to be written, as one of the first few of this second.
    mutating func admit(_ line: LogLine) -> Bool {
        let kind = Kind(
            level: line.level,
            message: line.message,
            fields: line.fields.filter { $0.name != "seq" }
        )
        let count = (seen[kind]?.count ?? 0) + 1
        guard count > 1 || seen.count < Self.lineKindsMax else { return true }
        seen[kind] = Seen(count: count, last: line)
        if count == Self.sameLinesPerSecondMax + 1 { order.append(kind) }
        return count <= Self.sameLinesPerSecondMax
    }

    /// Ends the second: one line for each kind that was folded, as said last.
    mutating func endSecond() -> [LogLine] {
        defer {
            seen.removeAll(keepingCapacity: true)
            order.removeAll(keepingCapacity: true)
        }
        return order.compactMap { kind in
            guard let seen = seen[kind] else { return nil }
            var fields = Dictionary(uniqueKeysWithValues: seen.last.fields.map { ($0.name, $0.value) })
            fields["repeated"] = String(seen.count - Self.sameLinesPerSecondMax)
            // A message's name stands for one occurrence; the folded ones have none.
            fields["message_id"] = nil
            return LogLine(
                unixMilliseconds: seen.last.unixMilliseconds,
                level: kind.level,
                message: kind.message,
                fields: fields
            )
        }
    }
}
