/// An open object.
struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let place: Place
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { at(key).writeNull() }
    func encode(_ value: Bool, forKey key: Key) { at(key).write(value) }
    func encode(_ value: String, forKey key: Key) { at(key).write(value) }
    func encode(_ value: Double, forKey key: Key) throws { try at(key).write(value) }
    func encode(_ value: Float, forKey key: Key) throws { try at(key).write(value) }
    func encode(_ value: Int, forKey key: Key) { at(key).write(value) }
    func encode(_ value: Int8, forKey key: Key) { at(key).write(value) }
    func encode(_ value: Int16, forKey key: Key) { at(key).write(value) }
    func encode(_ value: Int32, forKey key: Key) { at(key).write(value) }
    func encode(_ value: Int64, forKey key: Key) { at(key).write(value) }
    func encode(_ value: UInt, forKey key: Key) { at(key).write(value) }
    func encode(_ value: UInt8, forKey key: Key) { at(key).write(value) }
    func encode(_ value: UInt16, forKey key: Key) { at(key).write(value) }
    func encode(_ value: UInt32, forKey key: Key) { at(key).write(value) }
    func encode(_ value: UInt64, forKey key: Key) { at(key).write(value) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try at(key).encode(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(JSONObject<Nested>(output: output, place: at(key).nest(0x7B, 0x7D)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONArray(output: output, place: at(key).nest(0x5B, 0x5D))
    }

    func superEncoder() -> any Encoder { superEncoder(named: SuperKey()) }
    func superEncoder(forKey key: Key) -> any Encoder { superEncoder(named: key) }

    private func superEncoder(named key: some CodingKey) -> any Encoder {
        at(key).expectValue()
        return output
    }

    private func at(_ key: some CodingKey) -> JSONOutput {
        output.writeKey(key, in: place)
        return output
    }
}

/// An open array.
struct JSONArray: UnkeyedEncodingContainer {
    let output: JSONOutput
    let place: Place
    var count = 0
    var codingPath: [any CodingKey] { [] }

    init(output: JSONOutput, place: Place) {
        self.output = output
        self.place = place
    }

    private mutating func next() -> JSONOutput {
        output.separate(in: place)
        count += 1
        return output
    }

    mutating func encodeNil() { next().writeNull() }
    mutating func encode(_ value: Bool) { next().write(value) }
    mutating func encode(_ value: String) { next().write(value) }
    mutating func encode(_ value: Double) throws { try next().write(value) }
    mutating func encode(_ value: Float) throws { try next().write(value) }
    mutating func encode(_ value: Int) { next().write(value) }
    mutating func encode(_ value: Int8) { next().write(value) }
    mutating func encode(_ value: Int16) { next().write(value) }
    mutating func encode(_ value: Int32) { next().write(value) }
    mutating func encode(_ value: Int64) { next().write(value) }
    mutating func encode(_ value: UInt) { next().write(value) }
    mutating func encode(_ value: UInt8) { next().write(value) }
    mutating func encode(_ value: UInt16) { next().write(value) }
    mutating func encode(_ value: UInt32) { next().write(value) }
    mutating func encode(_ value: UInt64) { next().write(value) }
    mutating func encode(_ value: some Encodable) throws { try next().encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(JSONObject<Nested>(output: output, place: next().nest(0x7B, 0x7D)))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArray(output: output, place: next().nest(0x5B, 0x5D))
    }

    mutating func superEncoder() -> any Encoder {
        next().expectValue()
        return output
    }
}

/// The place of one value that is no object and no array.
struct JSONScalar: SingleValueEncodingContainer {
    let output: JSONOutput
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { output.writeNull() }
    func encode(_ value: Bool) { output.write(value) }
    func encode(_ value: String) { output.write(value) }
    func encode(_ value: Double) throws { try output.write(value) }
    func encode(_ value: Float) throws { try output.write(value) }
    func encode(_ value: Int) { output.write(value) }
    func encode(_ value: Int8) { output.write(value) }
    func encode(_ value: Int16) { output.write(value) }
    func encode(_ value: Int32) { output.write(value) }
    func encode(_ value: Int64) { output.write(value) }
    func encode(_ value: UInt) { output.write(value) }
    func encode(_ value: UInt8) { output.write(value) }
    func encode(_ value: UInt16) { output.write(value) }
    func encode(_ value: UInt32) { output.write(value) }
    func encode(_ value: UInt64) { output.write(value) }
    func encode(_ value: some Encodable) throws { try output.encode(value) }
}

/// Where a superclass' fields go, as in Foundation's encoders.
private struct SuperKey: CodingKey {
    let stringValue = "super"
    let intValue: Int? = nil

    init() {}
    init?(stringValue: String) { return nil }
    init?(intValue: Int) { return nil }
}
