import Contracts

/// What is under way between engine and venue, by the time it arrives and then by the time it left.
struct DelayLine<Item> {
    struct Entry {
        let due: UnixMilliseconds
        let item: Item
    }

    private(set) var entries: [Entry] = []

    /// When the items arrive, each time once.
    var dueTimes: [UnixMilliseconds] {
        var times: [UnixMilliseconds] = []
        for entry in entries where times.last != entry.due { times.append(entry.due) }
        return times
    }

    /// Adds an item; true where nothing else was due at that time.
    mutating func add(_ item: Item, due: UnixMilliseconds) -> Bool {
        let place = entries.lastIndex { $0.due <= due }.map { $0 + 1 } ?? 0
        let isNew = place == 0 || entries[place - 1].due != due
        entries.insert(Entry(due: due, item: item), at: place)
        return isNew
    }

    mutating func popDue(at time: UnixMilliseconds) -> Item? {
        guard let first = entries.first, first.due <= time else { return nil }
        return entries.removeFirst().item
    }
}

extension DelayLine.Entry: Encodable where Item: Encodable {}
extension DelayLine.Entry: Decodable where Item: Decodable {}
extension DelayLine: Encodable where Item: Encodable {}
extension DelayLine: Decodable where Item: Decodable {}
