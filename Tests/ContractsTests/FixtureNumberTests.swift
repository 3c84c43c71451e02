import Contracts
import Foundation
import Testing

@Suite struct `Numbers of shared fixtures` {
    @Test func `are held as they were sent`() throws {
        let shared = ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
        let folder = "\(shared)/fixtures/bybit/rest-public"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = names.filter { $0.contains("instruments") && $0.hasSuffix(".json") }.sorted()
        guard !files.isEmpty else {
            print("skipped: no instruments under \(folder); set TRADEBOT_SHARED")
            return
        }
        var count = 0
        for file in files {
            let data = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
            for (key, text) in try Tree(Array(data)).texts() where key.contains("Filter.") {
                count += 1
                #expect(Money(text)?.description == text, "\(file) \(key) \(text)")
                // The largest order of one spot coin has more digits than any order will have; it is refused.
                if key.hasSuffix(".maxOrderQty") || key.hasSuffix(".maxOrderAmt"), Quantity(text) == nil {
                    #expect(throws: NumberError.overflow) { try Quantity(parsing: text.utf8) }
                } else {
                    #expect(Price(text)?.description == text, "\(file) \(key) \(text)")
                }
            }
        }
        #expect(count > 1_000)
    }
}

extension Tree {
    /// Every text in it with the keys that lead there.
    fileprivate func texts(under prefix: String = "") -> [(String, String)] {
        switch self {
        case .text(let text): [(prefix, text)]
        case .other: []
        case .array(let elements): elements.flatMap { $0.texts(under: prefix) }
        case .object(let fields): fields.flatMap { $0.value.texts(under: "\(prefix).\($0.key)") }
        }
    }
}
