import BybitProtocol
import Contracts
import Foundation
import Testing

/// Recordings of the exchange, outside the repository.
enum Recordings {
    static let folder: URL = {
        let shared = ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
        return URL(fileURLWithPath: shared).appendingPathComponent("fixtures/bybit")
    }()

    /// The files of a sub-folder, in order of name; none, and a printed reason, where they are absent.
    static func files(_ name: String) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder.appendingPathComponent(name),
            includingPropertiesForKeys: nil
        )
        if found == nil { print("skipped: no recordings in \(folder.path)/\(name); set TRADEBOT_SHARED") }
        return (found ?? []).sorted { $0.path < $1.path }
    }

    /// The messages of the server in a file, whatever its form, each as JSON.
    static func messages(_ file: URL) throws -> [String] {
        let text = try String(contentsOf: file, encoding: .utf8)
        switch file.pathExtension {
        case "jsonl": return text.split(separator: "\n").flatMap { unwrapped(String($0)) }
        case "txt":
            let parts = text.components(separatedBy: "\n=")
            let acks = text.split(separator: "\n").filter { $0.hasPrefix("<") }.map { String($0.dropFirst()) }
            return acks + parts.dropFirst().map { $0.components(separatedBy: "\n>")[0] }
        default: return unwrapped(text)
        }
    }

    /// A message as it is; of a dialogue, what came in; of a collection of samples, each.
    private static func unwrapped(_ text: String) -> [String] {
        guard let tree = PlainJSON(text) else { return [text] }
        if let list = tree.list { return list.flatMap { unwrapped($0.json) } }
        if let data = tree["data"], tree["file"] != nil { return [data.json] }
        guard let direction = tree["dir"]?.text else { return [text] }
        return direction == "recv" ? [tree["msg"]?.json].compactMap(\.self) : []
    }
}

extension PlainJSON {
    init?(_ json: String) {
        guard let tree = try? JSONDecoder().decode(PlainJSON.self, from: Data(json.utf8)) else { return nil }
        self = tree
    }

    /// The tree as JSON again, its members in order of name.
    var json: String {
        switch self {
        case .object(let members):
            let texts = members.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value.json)" }
            return "{" + texts.joined(separator: ",") + "}"
        case .list(let elements): return "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .text(let text): return Self.quoted(text)
        case .number(let number): return "\(number)"
        case .flag(let flag): return String(flag)
        case .null: return "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
            .replacingOccurrences(of: "\"", with: "\\\"").replacingOccurrences(of: "\n", with: "\\n")
        return "\"\(escaped)\""
    }
}

@Suite struct `Recorded messages` {
    @Test func `of a ticker merge into one state`() throws {
        for file in Recordings.files("ws-public")
        where file.lastPathComponent == "ccxt-2026-linear-dialogue.jsonl" {
            var decoding = Decoding()
            for message in try Recordings.messages(file) { decoding.read(message) }
            #expect(decoding.tickers.map { $0.indexPrice?.description } == ["63986.67", "63986.66"])
            #expect(decoding.tickers.last?.lastPrice?.description == "63958.60")
            #expect(decoding.klines.count == 2)
            #expect(decoding.trades.count == 2)
            #expect(decoding.interests.count == 1)
            #expect(decoding.gaps.isEmpty)
        }
    }

    @Test func `of a book make the book that is expected`() throws {
        let files = Recordings.files("book")
        guard let tape = files.first(where: { $0.pathExtension == "jsonl" }),
            let expected = files.first(where: { $0.lastPathComponent.hasSuffix("expected.json") })
        else { return }
        var decoding = Decoding()
        for message in try Recordings.messages(tape) { #expect(decoding.read(message) == nil) }
        #expect(decoding.gaps.isEmpty)
        #expect(decoding.books.count == 25)
        let book = decoding.book(depth: 500)
        let text = try String(contentsOf: expected, encoding: .utf8)
        let bid = try #require(book.bestBid)
        let ask = try #require(book.bestAsk)
        #expect(text.contains(bid.price.description) && text.contains(ask.price.description))
        #expect(book.bids.count == 500)
        #expect(book.asks.count == 500)
    }

    @Test func `of instruments are all read`() throws {
        for file in Recordings.files("rest-public")
        where file.lastPathComponent.hasPrefix("nautilus-http-get-instruments") {
            let name = file.lastPathComponent
            let text = try String(contentsOf: file, encoding: .utf8)
            let category: Contracts.Category =
                name.contains("spot")
                ? .spot : name.contains("option") ? .option : name.contains("inverse") ? .inverse : .linear
            let answer = try InstrumentsAnswer(
                reading: Array(text.utf8),
                category: category,
                meta: EventMeta(source: .market)
            )
            #expect(!answer.instruments.isEmpty, "\(name)")
            #expect(answer.refused.isEmpty, "\(name): \(answer.refused)")
        }
    }
}
