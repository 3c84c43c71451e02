import Contracts
import FoundationEssentials
import TestKit
import Testing

@Suite struct `Every topic` {
    @Test func `has a name of its own, as plane colon name`() {
        let names = Topic.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        for name in names {
            let parts = name.split(separator: ":", omittingEmptySubsequences: false)
            #expect(parts.count == 2, "\(name)")
            #expect(parts.first?.allSatisfy { $0.isASCII && $0.isLowercase } == true, "\(name)")
            let word = parts.last ?? ""
            #expect(!word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_") }, "\(name)")
        }
    }

    @Test func `has its place in the map`() {
        #expect(Topic.allCases.map(\.index) == Array(Topic.allCases.indices))
    }

    @Test(arguments: Topic.allCases)
    func `has someone who speaks on it and someone who listens`(topic: Topic) {
        #expect(!topic.publishers.isEmpty)
        #expect(!topic.subscribers.isEmpty)
        #expect(Set(topic.publishers).count == topic.publishers.count)
        #expect(Set(topic.subscribers).count == topic.subscribers.count)
    }

    @Test(arguments: Topic.allCases)
    func `has a payload that names it`(topic: Topic) {
        let samples = Samples.events(of: topic)
        #expect(!samples.isEmpty)
        for sample in samples {
            #expect(sample.topic == topic)
            #expect(sample.encodePayload { type(of: $0).topic } == topic)
            #expect(sample.encodePayload { $0.erased } == sample)
            #expect(sample.encodePayload { $0.meta } == sample.meta)
        }
    }

    @Test(arguments: Samples.all)
    func `comes back the same from our JSON`(event: AnyEvent) throws {
        var bytes: [UInt8] = []
        try EventJSON.encode(event, into: &bytes)
        #expect(try AnyEvent.decodePayload(of: event.topic, with: Decoding(bytes: bytes)) == event)
    }

    @Test(arguments: Samples.all)
    func `comes back the same from Foundation's JSON`(event: AnyEvent) throws {
        let data = try event.encodePayload { payload in try JSONEncoder().encode(payload) }
        #expect(try AnyEvent.decodePayload(of: event.topic, with: Decoding(bytes: Array(data))) == event)
    }

    @Test(arguments: Samples.all)
    func `carries its meta first, under the canon's names`(event: AnyEvent) throws {
        var bytes: [UInt8] = []
        try EventJSON.encode(event, into: &bytes)
        #expect(bytes.starts(with: Array("{\"meta\":{\"seq\":".utf8)))
        let meta = try #require(Tree(bytes)["meta"])
        let optional: Set<String> = event.meta.correlationID == nil ? [] : ["correlationId"]
        #expect(meta.keys == optional.union(["seq", "ts", "source"]))
        #expect(meta["source"] == .text(event.meta.source.rawValue))
    }

    @Test func `is refused where a payload of another is decoded`() throws {
        var bytes: [UInt8] = []
        try EventJSON.encode(ClockEvent(meta: EventMeta(source: .system)), into: &bytes)
        #expect(throws: DecodingError.self) {
            try AnyEvent.decodePayload(of: .strategyIntent, with: Decoding(bytes: bytes))
        }
    }
}
