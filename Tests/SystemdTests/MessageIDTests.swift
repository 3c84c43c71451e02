import Foundation
import Logging
import Systemd
import Testing

@Suite struct `Message catalog` {
    @Test func `explains every message name, and no other`() throws {
        let file = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "systemd/tradebot.catalog")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let entries = lines.filter { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
        let subjects = lines.filter { $0.hasPrefix("Subject: ") }
        #expect(entries.sorted() == MessageID.allCases.map(\.rawValue).sorted())
        #expect(subjects.count == entries.count)
        #expect(Set(subjects).count == subjects.count)
    }

    @Test(arguments: MessageID.allCases)
    func `gives each name 128 bits in lower-case hex`(id: MessageID) {
        #expect(id.rawValue.utf8.count == 32)
        #expect(id.rawValue.allSatisfy { "0123456789abcdef".contains($0) })
        #expect(id.metadata["message_id"] == .string(id.rawValue))
    }
}
