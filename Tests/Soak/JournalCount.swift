import Contracts
import StoragePlane

/// What the journal holds of the run: its rows, and each trade of each instrument with its id.
struct JournalCount {
    private(set) var rowCount: UInt64 = 0
    private(set) var topics: [String: UInt64] = [:]
    private(set) var missingNumberCount: UInt64 = 0
    private(set) var backfilledCount = 0
    /// By the instrument's name.
    private var ids: [String: [TradeKey]] = [:]

    private static let instrumentField = Array("\"instrument\":\"".utf8)
    private static let idField = Array("\"id\":\"".utf8)
    private static let backfillMark = Array("\"isBackfill\":true".utf8)

    /// Reads the whole journal once, in order.
    init(path: String) throws {
        let reader = try JournalReader(path: path)
        var next: UInt64 = 1
        try reader.forEachRow(JournalQuery()) { row in
            missingNumberCount += row.sequence - next
            next = row.sequence + 1
            rowCount += 1
            topics[row.topic, default: 0] += 1
            if row.topic == Topic.marketTrade.rawValue { try note(row.bytes, at: row.sequence) }
            return true
        }
        try reader.close()
    }

    /// Trades of one instrument in the journal, and how many of them are there again.
    func trades(of instrument: Instrument) -> (count: Int, duplicates: Int) {
        let sorted = (ids[instrument.description] ?? []).sorted()
        let duplicates = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
        return (sorted.count, duplicates)
    }

    private mutating func note(_ payload: [UInt8], at sequence: UInt64) throws {
        guard let name = Self.text(Self.instrumentField, in: payload),
            let id = Self.text(Self.idField, in: payload).flatMap({ TradeID($0) })
        else { throw SoakTrouble("row \(sequence) of the journal is no trade") }
        if Self.end(of: Self.backfillMark, in: payload) != nil { backfilledCount += 1 }
        ids[name, default: []].append(TradeKey(id))
    }

    /// The value of a field with a text without escapes.
    private static func text(_ field: [UInt8], in payload: [UInt8]) -> String? {
        guard let start = end(of: field, in: payload) else { return nil }
        return String(decoding: payload[start...].prefix { $0 != 0x22 }, as: UTF8.self)
    }

    /// How far into the payload the first `field` ends.
    private static func end(of field: [UInt8], in payload: [UInt8]) -> Int? {
        var at = 0
        while at + field.count <= payload.count {
            var length = 0
            while length < field.count, payload[at + length] == field[length] { length += 1 }
            if length == field.count { return at + length }
            at += 1
        }
        return nil
    }
}

/// A trade's id in sixteen bytes.
private struct TradeKey: Comparable {
    let high: UInt64
    let low: UInt64

    init(_ id: TradeID) {
        switch id {
        case .number(let number): (high, low) = (0, number)
        case .uuid(let high, let low): (self.high, self.low) = (high, low)
        case .text(let text):
            // FNV-1a from both ends: the simulator's ids are UUIDs and never come here.
            let bytes = Array(text.description.utf8)
            (high, low) = (Self.mixed(bytes), Self.mixed(bytes.reversed()))
        }
    }

    private static func mixed(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    static func < (one: TradeKey, other: TradeKey) -> Bool { (one.high, one.low) < (other.high, other.low) }
}

/// Why a soak can't go on.
struct SoakTrouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
