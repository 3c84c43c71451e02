/// JSON in the making: appends to one buffer as values encode themselves, and keeps no tree.
///
/// A container is closed when something is next written to one that is further out. So a payload may nest
/// containers at will, but must fill them one after the other, as synthesised conformances do.
final class JSONOutput {
    private struct Level {
        /// Where its opening bracket stands: tells it from an earlier container of the same depth.
        let start: Int
        let closing: UInt8
        var isEmpty = true
    }

    var bytes: [UInt8] = []
    private var levels: [Level] = []
    /// How many levels are open around the value that is being encoded.
    private var base = 0
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func reset() {
        levels.removeAll(keepingCapacity: true)
        base = 0
    }

    /// Writes one whole value, with all that is in it.
    func encode(_ value: some Encodable) throws {
        let outer = base
        let start = bytes.count
        base = levels.count
        try value.encode(to: self)
        close(to: base)
        base = outer
        if bytes.count == start { bytes.append(contentsOf: "{}".utf8) }  // a value that had nothing to say
    }

    /// Opens the container of the value that is being encoded, or goes on with it.
    func open(_ opening: UInt8, _ closing: UInt8) -> Place {
        if levels.count > base {
            close(to: base + 1)
            return Place(depth: base, start: levels[base].start)
        }
        return nest(opening, closing)
    }

    /// Opens a container inside the innermost one.
    func nest(_ opening: UInt8, _ closing: UInt8) -> Place {
        let place = Place(depth: levels.count, start: bytes.count)
        levels.append(Level(start: bytes.count, closing: closing))
        bytes.append(opening)
        return place
    }

    /// Makes ready for the next element of the container at `place`.
    func separate(in place: Place) {
        close(to: place.depth + 1)
        precondition(
            levels.count > place.depth && levels[place.depth].start == place.start,
            "containers are filled one after the other"
        )
        if levels[place.depth].isEmpty {
            levels[place.depth].isEmpty = false
        } else {
            bytes.append(0x2C)
        }
    }

    /// Makes ready for the value of `key` in the container at `place`.
    func writeKey(_ key: some CodingKey, in place: Place) {
        separate(in: place)
        JSONText.append(key.stringValue, to: &bytes)
        bytes.append(0x3A)
    }

    /// Lets the next value be encoded by whoever asks for a container next: a superclass.
    func expectValue() { base = levels.count }

    private func close(to depth: Int) {
        while levels.count > depth { bytes.append(levels.removeLast().closing) }
    }
}

/// Names an open container.
struct Place {
    let depth: Int
    let start: Int
}

extension JSONOutput: Encoder {
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONObject<Key>(output: self, place: open(0x7B, 0x7D)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArray(output: self, place: open(0x5B, 0x5D))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONScalar(output: self) }
}

extension JSONOutput {
    func writeNull() { bytes.append(contentsOf: "null".utf8) }
    func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }
    func write(_ value: String) { JSONText.append(value, to: &bytes) }
    func write(_ value: some FixedWidthInteger) { JSONText.append(value, to: &bytes) }

    func write(_ value: some BinaryFloatingPoint & LosslessStringConvertible) throws {
        guard JSONText.append(value, to: &bytes) else {
            throw EncodingError.invalidValue(
                value,
                EncodingError.Context(codingPath: [], debugDescription: "\(value) is no JSON number")
            )
        }
    }
}
