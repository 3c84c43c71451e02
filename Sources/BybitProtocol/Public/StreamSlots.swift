import Contracts

/// One stream of the connection as it has been met: what its name means, and where its state is kept.
struct StreamSlot {
    let topic: StreamTopic
    let instrument: Instrument
    /// Where the symbol begins in the topic's name.
    let symbolOffset: Int
    let symbolLength: Int
    /// The place of the stream's state among those of its kind.
    let state: Int
}

/// The streams by the bytes of their names, so that a message finds its own without being taken apart.
struct StreamSlots {
    /// More streams than one connection can carry.
    static let countMax = 8_192
    private static let nameBytesMax = 8 * nameWords
    private static let nameWords = 6

    private(set) var slots: ContiguousArray<StreamSlot> = []
    /// The names, each filled up with zeros to so many words.
    private var names: ContiguousArray<UInt64> = []
    /// Places in ``slots``, by hash; -1 where there is none, which is the case for at least every other one.
    private var places: ContiguousArray<Int32> = []
    private var known: Set<StreamTopic> = []

    func holds(_ topic: StreamTopic) -> Bool { known.contains(topic) }

    /// Finds the stream whose name stands next, up to a quote, and steps over both.
    @inline(__always)
    func find(_ reader: inout FrameReader) -> Int? {
        guard !places.isEmpty else { return nil }
        let start = reader.at
        var (hash, index, length) = (UInt64(0), start, -1)
        while length < 0 {
            guard index &- start < Self.nameBytesMax else { return nil }
            let word = reader.word(index)
            let quotes = FrameReader.zeroBytes(word ^ 0x2222_2222_2222_2222)
            if quotes == 0 {
                hash = Self.mixed(hash, word)
                index &+= 8
            } else {
                let rest = quotes.trailingZeroBitCount &>> 3
                hash = Self.mixed(hash, word & FrameReader.lowBytes(rest))
                length = index &- start &+ rest
            }
        }
        let mask = places.count &- 1
        var place = Int(truncatingIfNeeded: hash &>> 32) & mask
        while true {
            let slot = Int(places[place])
            guard slot >= 0 else { return nil }
            if isName(slot, reader, start, length) {
                reader.at = start &+ length &+ 1
                return slot
            }
            place = (place &+ 1) & mask
        }
    }

    /// Keeps a stream whose name is the next `length` bytes, unless there are too many or it is too long.
    mutating func add(_ slot: StreamSlot, name: some Sequence<UInt8>) {
        var words = [UInt64](repeating: 0, count: Self.nameWords)
        var length = 0
        for byte in name {
            guard length < Self.nameBytesMax else { return }
            words[length >> 3] |= UInt64(byte) &<< UInt64(8 * (length & 7))
            length += 1
        }
        guard slots.count < Self.countMax, length < Self.nameBytesMax else { return }
        known.insert(slot.topic)
        slots.append(slot)
        names.append(contentsOf: words)
        if places.count < 2 * slots.count {
            places = ContiguousArray(repeating: -1, count: max(64, places.count * 2))
            for index in slots.indices { place(index) }
        } else {
            place(slots.count - 1)
        }
    }

    mutating func removeAll() { self = StreamSlots() }

    private mutating func place(_ slot: Int) {
        let words = names[(slot * Self.nameWords)..<((slot + 1) * Self.nameWords)]
        // As many words as the search mixes: all that hold a part of the name, and one more where it fills them.
        let length = words.reduce(0) { $0 + 8 - $1.leadingZeroBitCount / 8 }
        let hash = words.prefix(length / 8 + 1).reduce(UInt64(0)) { Self.mixed($0, $1) }
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash >> 32) & mask
        while places[place] >= 0 { place = (place + 1) & mask }
        places[place] = Int32(truncatingIfNeeded: slot)
    }

    @inline(__always)
    private func isName(_ slot: Int, _ reader: FrameReader, _ start: Int, _ length: Int) -> Bool {
        var (name, done) = (slot &* Self.nameWords, 0)
        while done &+ 8 <= length {
            guard names[name] == reader.word(start &+ done) else { return false }
            (name, done) = (name &+ 1, done &+ 8)
        }
        let rest = reader.word(start &+ done) & FrameReader.lowBytes(length &- done)
        // A longer name that begins alike has something else here.
        return names[name] == rest
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed &>> 32
    }
}
