import FoundationEssentials
import StoragePlane
import Testing

@Suite struct `The list of invariants` {
    @Test func `has all of them in order`() {
        #expect(InvariantList.all.map(\.id) == (1...26).map { "I\($0)" })
    }

    @Test func `is docs/invariants.md; UPDATE_GOLDEN=1 writes it anew`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/invariants.md")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try InvariantList.page.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == InvariantList.page)
    }
}
