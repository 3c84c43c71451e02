import Contracts
import FoundationEssentials
import TestKit
import Testing

private struct Decoding: PayloadDecoder {
    let bytes: [UInt8]
    func decode<Payload: Event>(_ type: Payload.Type) throws -> Payload {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}

private func json(_ value: some Encodable) throws -> String {
    var bytes: [UInt8] = []
    try EventJSONEncoder().encode(value, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

@Suite struct `An event's JSON` {
    @Test func `is tried on every topic`() {
        #expect(Set(Samples.all.map(\.topic)) == Set(Topic.allCases))
    }

    @Test(arguments: Samples.all)
    func `decodes to an equal event`(event: AnyEvent) throws {
        var bytes: [UInt8] = []
        try EventJSON.encode(event, into: &bytes)
        #expect(try AnyEvent.decodePayload(of: event.topic, with: Decoding(bytes: bytes)) == event)
        #expect(!bytes.contains(0x0A))
    }

    /// The busiest topics have a straight way beside the general one: both write the same bytes.
    @Test(arguments: Samples.all)
    func `is the same on either way`(event: AnyEvent) throws {
        var straight: [UInt8] = []
        try EventJSON.encode(event, into: &straight)
        let general = try event.encodePayload { payload in try json(payload) }
        #expect(String(decoding: straight, as: UTF8.self) == general)
    }

    @Test(arguments: ["0", "18446744073709551615", "00ab", "a\"b\\c", "0B0F0F4E-1111-5222-8333-444455556666"])
    func `writes every shape of a trade's id alike`(text: String) throws {
        let trade = TradeEvent(
            meta: EventMeta(source: .market, ts: -7, correlationID: .research(9)),
            instrument: try #require(Instrument("option:BTC-27DEC26-100000-C")),
            exchangeTime: .min,
            id: try #require(TradeID(text)),
            side: .sell,
            price: Price(units: -5, scale: 8),
            quantity: Quantity(units: .max, scale: 0),
            isBlockTrade: true
        )
        var straight: [UInt8] = []
        try EventJSON.encode(trade.erased, into: &straight)
        #expect(try String(decoding: straight, as: UTF8.self) == json(trade))
    }

    @Test(arguments: Samples.all)
    func `says the same as Foundation's`(event: AnyEvent) throws {
        var bytes: [UInt8] = []
        try EventJSON.encode(event, into: &bytes)
        let ours = try #require(canonical(Data(bytes)))
        let theirs = try event.encodePayload { payload in try JSONEncoder().encode(payload) }
        #expect(try ours == #require(canonical(theirs)))
    }

    /// The same tree with sorted keys, so that only its meaning is compared.
    private func canonical(_ json: Data) -> String? {
        guard let tree = try? JSONDecoder().decode(Tree.self, from: json) else { return nil }
        return tree.text
    }

    @Test func `is one compact object in the order of the fields`() throws {
        let event = ClockEvent(meta: EventMeta(source: .system, ts: 7, correlationID: .intent(3)))
        #expect(try json(event) == #"{"meta":{"seq":0,"ts":7,"source":"system","correlationId":"intent-3"}}"#)
    }

    @Test func `leaves out what is absent`() throws {
        let event = ClockEvent(meta: EventMeta(source: .system, ts: 7))
        #expect(try json(event) == #"{"meta":{"seq":0,"ts":7,"source":"system"}}"#)
    }

    @Test func `escapes what a line may not hold`() throws {
        #expect(try json("a\"\\\n\r\t\u{0}\u{1F}/é𝄞") == #""a\"\\\n\r\t\u0000\u001f/é𝄞""#)
    }

    @Test(arguments: [
        0, -0.0, 0.1, 1e-7, 1e16, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 123_456_789.123,
    ])
    func `keeps every bit of a number`(number: Double) throws {
        let back = try JSONDecoder().decode([Double].self, from: Data(json([number]).utf8))
        #expect(back.map(\.bitPattern) == [number.bitPattern])
    }

    @Test func `keeps the ends of the whole numbers`() throws {
        #expect(try json([Int64.min, Int64.max]) == "[-9223372036854775808,9223372036854775807]")
        #expect(try json([UInt64.max]) == "[18446744073709551615]")
    }

    @Test func `nests arrays and objects`() throws {
        #expect(try json([[1], [], [2, 3]]) == "[[1],[],[2,3]]")
        #expect(try json([["a": [true]]]) == #"[{"a":[true]}]"#)
        #expect(try json([Int?.none, 1]) == "[null,1]")
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan])
    func `refuses a number that JSON does not have and leaves the buffer alone`(number: Double) {
        var bytes: [UInt8] = [1, 2]
        let encoder = EventJSONEncoder()
        #expect(throws: EncodingError.self) { try encoder.encode([1, number], into: &bytes) }
        #expect(bytes == [1, 2])
        #expect(throws: Never.self) { try encoder.encode([1], into: &bytes) }
        #expect(bytes == [1, 2] + Array("[1]".utf8))
    }
}

/// Any JSON, for comparison.
private enum Tree: Decodable {
    case object([String: Tree])
    case array([Tree])
    case text(String)
    case flag(Bool)
    case number(Double)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let array = try? container.decode([Tree].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: Tree].self))
        }
    }

    var text: String {
        switch self {
        case .object(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.text)" }.joined(
                    separator: ","
                ) + "}"
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .text(let text): "'\(text)'"
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .null: "null"
        }
    }
}
