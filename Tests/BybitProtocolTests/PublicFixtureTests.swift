import BybitProtocol
import Contracts
import Foundation
import Testing

/// Every recorded message, read by us and by Foundation, field by field.
@Suite struct `Recorded pushes` {
    /// Whatever lies in these folders, of whatever name.
    private static let folders = ["ws-public", "ws-control", "ws-private", "ws-trade", "book", "mixed"]

    private struct Message {
        let text: String
        let tree: PlainJSON?
    }

    private static let tapes: [(file: String, messages: [Message])] = folders.flatMap { folder in
        Recordings.files(folder).filter { !$0.lastPathComponent.contains(".expected.") }
            .map { file in
                let texts = (try? Recordings.messages(file)) ?? []
                return (file.lastPathComponent, texts.map { Message(text: $0, tree: PlainJSON($0)) })
            }
    }

    @Test(arguments: Contracts.Category.allCases)
    func `give every value as it was sent`(category: Contracts.Category) {
        var compared = 0
        for (file, messages) in Self.tapes {
            var decoding = Decoding(category)
            var oracle = PushOracle(category: category)
            for message in messages {
                guard let tree = message.tree else {
                    #expect(decoding.read(message.text) != nil, "\(file): \(message.text.prefix(200))")
                    continue
                }
                decoding.events.removeAll()
                let error = decoding.read(message.text)
                #expect(error == nil, "\(file): \(message.text.prefix(200))")
                let expected = oracle.events(of: tree)
                #expect(
                    decoding.events.map(PushOracle.figures) == expected,
                    "\(file): \(message.text.prefix(200))"
                )
                compared += expected.count
            }
            #expect(decoding.decoder.counters.malformed == 0, "\(file)")
            // A sample of a change alone has no book to change.
            #expect(
                decoding.gaps.allSatisfy { $0.reason == .deltaBeforeSnapshot },
                "\(file): \(decoding.gaps)"
            )
        }
        if FileManager.default.fileExists(atPath: Recordings.folder.path) { #expect(compared > 60) }
    }

    @Test func `are counted where their topic is not known and give nothing`() {
        for (file, messages) in Self.tapes {
            for message in messages {
                var decoding = Decoding()
                decoding.read(message.text)
                guard let topic = message.tree?["topic"]?.text else { continue }
                let isKnown = PushOracle.stream(topic) != nil
                #expect((decoding.decoder.counters.unknownTopics == 0) == isKnown, "\(file): \(topic)")
                if !isKnown { #expect(decoding.events.isEmpty) }
            }
        }
    }

    @Test func `are refused with a reason and counted wherever they are cut`() {
        for (_, messages) in Self.tapes {
            for message in messages where message.tree != nil {
                var bytes = Array(message.text.utf8)
                while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
                for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
                    var decoding = Decoding()
                    #expect(decoding.read(Array(bytes[..<length])) != nil)
                    #expect(decoding.decoder.counters.malformed == 1)
                    #expect(decoding.output.events.isEmpty)
                }
            }
        }
    }
}
