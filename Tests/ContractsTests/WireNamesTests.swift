import Contracts
import Foundation
import TestKit
import Testing

/// Journals and clients outlive a build: a name on the wire changes only on purpose.
@Suite struct `Wire names` {
    @Test func `are those of Fixtures/wire-names.txt; UPDATE_GOLDEN=1 writes it anew`() throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/wire-names.txt")
        let lines = try Topic.allCases.flatMap { topic in
            let paths = try Samples.events(of: topic).reduce(into: Set<String>()) { paths, event in
                var bytes: [UInt8] = []
                try EventJSON.encode(event, into: &bytes)
                paths.formUnion(try Tree(bytes).paths())
            }
            return paths.sorted().map { "\(topic.rawValue) \($0)" }
        }
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: golden)
            print("written: \(lines.count) wire names")
        }
        let kept = try String(contentsOf: golden, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(Set(kept).subtracting(lines).sorted() == [], "names that are gone")
        #expect(Set(lines).subtracting(kept).sorted() == [], "names that are new")
    }

    @Test func `has as many features as it says`() {
        #expect(Feature.count == Feature.allCases.count)
    }
}
